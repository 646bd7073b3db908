import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runMigrations } from './migrations';
import { StaleRepository } from './stale-repository';

let container: StartedPostgreSqlContainer;
let pool: pg.Pool;

beforeAll(async () => {
  container = await new PostgreSqlContainer('postgres:16-alpine').start();
  pool = new pg.Pool({ connectionString: container.getConnectionUri() });
  await runMigrations(pool);
}, 120_000);

afterAll(async () => {
  await pool?.end();
  await container?.stop();
});

// #region real
it('creates a user', async () => {
  const users = new StaleRepository(pool);

  // error: column "full_name" of relation "users" does not exist
  const user = await users.create({ email: 'ada@example.com', name: 'Ada' });

  expect(user).toMatchObject({ email: 'ada@example.com', name: 'Ada' });
});
// #endregion real
