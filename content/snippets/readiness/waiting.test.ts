import { connect } from 'node:net';
import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startReports } from './reports-service';
import { healthy, waitUntil } from './wait-until';

let container: StartedPostgreSqlContainer;
let pool: pg.Pool;

beforeAll(async () => {
  container = await new PostgreSqlContainer('postgres:16-alpine').start();
  pool = new pg.Pool({ connectionString: container.getConnectionUri() });
}, 120_000);

afterAll(async () => {
  await pool?.end();
  await container?.stop();
});

/** Another instance that is migrating, until it is told that it is done. */
async function anotherInstance() {
  const client = await pool.connect();
  await client.query('select pg_advisory_lock(1)');
  return { done: () => client.release(true) };
}

// #region waiting
it('lists no reports at first', async () => {
  const other = await anotherInstance();
  const service = await startReports(pool);
  try {
    const ready = waitUntil(healthy(service.url));
    other.done();
    await ready;

    const answer = await fetch(`${service.url}/reports`);

    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual([]);
  } finally {
    await service.stop();
  }
});
// #endregion waiting

// #region open-port
it('has an open port long before it can be used', async () => {
  const other = await anotherInstance();
  const service = await startReports(pool);
  try {
    await new Promise<void>((open, refused) => {
      const socket = connect(Number(new URL(service.url).port), '127.0.0.1', () => open(void socket.end()));
      socket.once('error', refused);
    });

    expect((await fetch(`${service.url}/reports`)).status).toBe(503);
  } finally {
    other.done();
    await service.stop();
  }
});
// #endregion open-port

// #region deadline
it('says what it was waiting for when the time is up', async () => {
  const other = await anotherInstance();
  const service = await startReports(pool);
  try {
    await expect(waitUntil(healthy(service.url), 100)).rejects.toThrow(/not ready after 100 ms: .*503 migrating/);
  } finally {
    other.done();
    await service.stop();
  }
});
// #endregion deadline
