import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runMigrations } from './migrations';
import { UserRepository } from './user-repository';

let container: StartedPostgreSqlContainer;
let pool: pg.Pool;
let neighbour: pg.Pool;

beforeAll(async () => {
  container = await new PostgreSqlContainer('postgres:16-alpine').start();
  pool = new pg.Pool({ connectionString: container.getConnectionUri() });
  neighbour = new pg.Pool({ connectionString: container.getConnectionUri() });
  await runMigrations(pool);
}, 120_000);

afterAll(async () => {
  await neighbour?.end();
  await pool?.end();
  await container?.stop();
});

// #region two
it('finds the user that it has just created', async () => {
  const users = new UserRepository(pool);
  const created = await users.create({ email: 'ada@example.com', name: 'Ada' });

  // In this very moment, another suite on the same database clears its tables before a test of its own.
  await neighbour.query('truncate users');

  expect(await users.findById(created.id)).toEqual(created); // null
});
// #endregion two
