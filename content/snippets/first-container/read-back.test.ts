import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runMigrations } from './migrations';
import { UserRepository } from './user-repository';

let container: StartedPostgreSqlContainer;
let pool: pg.Pool;
let users: UserRepository;

beforeAll(async () => {
  container = await new PostgreSqlContainer('postgres:16-alpine').start();
  pool = new pg.Pool({ connectionString: container.getConnectionUri() });
  await runMigrations(pool);
  users = new UserRepository(pool);
}, 120_000);

afterAll(async () => {
  await pool?.end();
  await container?.stop();
});

// #region trusts
it('creates a user', async () => {
  const ada = { email: 'ada@example.com', name: 'Ada' };
  const user = await users.create(ada);

  expect(user).toMatchObject(ada);
});
// #endregion trusts

// #region reads-back
it('stores the user', async () => {
  const grace = { email: 'Grace@example.com', name: 'Grace' };
  const { id } = await users.create(grace);

  expect(await users.findById(id)).toEqual({ id, ...grace });
});
// #endregion reads-back
