import { setTimeout as sleep } from 'node:timers/promises';
import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startReports } from './reports-service';

let container: StartedPostgreSqlContainer;
let pool: pg.Pool;
let release = async () => {};

beforeAll(async () => {
  container = await new PostgreSqlContainer('postgres:16-alpine').start();
  pool = new pg.Pool({ connectionString: container.getConnectionUri() });

  // A slow day: another instance is migrating, and is not done when our guess is over.
  const other = await pool.connect();
  await other.query('select pg_advisory_lock(1)');
  release = async () => other.release(true);
}, 120_000);

afterAll(async () => {
  await pool?.end();
  await container?.stop();
});

// #region sleeping
it('lists no reports at first', async () => {
  const service = await startReports(pool);
  try {
    await sleep(500); // it has always been up by then

    const answer = await fetch(`${service.url}/reports`);

    expect(answer.status).toBe(200); // error: expected 503 to be 200
    expect(await answer.json()).toEqual([]);
  } finally {
    await release();
    await service.stop();
  }
});
// #endregion sleeping
