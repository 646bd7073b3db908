import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
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

// #region hook
beforeEach(async () => {
  await pool.query('truncate users');
});
// #endregion hook

it.fails('has a bug in it', async () => {
  const user = await users.create({ email: 'ada@example.com', name: 'Ada' });

  expect(user.name).toBe('Grace');
});

it('is innocent', async () => {
  const user = await users.create({ email: 'ada@example.com', name: 'Ada' });

  expect(user.name).toBe('Ada');
});
