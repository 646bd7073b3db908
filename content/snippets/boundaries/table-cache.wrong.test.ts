import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { currentUser, TableCache } from './sessions';

let container: StartedPostgreSqlContainer;
let pool: pg.Pool;

beforeAll(async () => {
  container = await new PostgreSqlContainer('postgres:16-alpine').start();
  pool = new pg.Pool({ connectionString: container.getConnectionUri() });
  await pool.query('create unlogged table cache (key text primary key, value jsonb not null)');
}, 120_000);

afterAll(async () => {
  await pool?.end();
  await container?.stop();
});

// #region table
it('knows the user at the first request and at the second', async () => {
  const cache = new TableCache(pool);
  const load = async () => ({ user: 'ada', expiresAt: new Date('2026-06-02') });
  const now = new Date('2026-06-01');

  expect(await currentUser(cache, load, 's1', now)).toBe('ada');
  // error: session.expiresAt.getTime is not a function
  expect(await currentUser(cache, load, 's1', now)).toBe('ada');
});
// #endregion table
