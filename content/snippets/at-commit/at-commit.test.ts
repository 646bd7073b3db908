import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { migrate } from './schema';

let container: StartedPostgreSqlContainer;
let pool: pg.Pool;

beforeAll(async () => {
  container = await new PostgreSqlContainer('postgres:16-alpine').start();
  pool = new pg.Pool({ connectionString: container.getConnectionUri() });
  await migrate(pool);
}, 120_000);

afterAll(async () => {
  await pool?.end();
  await container?.stop();
});

beforeEach(async () => {
  await pool.query('truncate bookings; refresh materialized view occupancy');
});

async function inTransaction(end: 'commit' | 'rollback', work: (tx: pg.PoolClient) => Promise<void>) {
  const tx = await pool.connect();
  try {
    await tx.query('begin');
    await work(tx);
    await tx.query(end);
    tx.release();
  } catch (error) {
    tx.release(true);
    throw error;
  }
}

// #region notify
it('tells listeners what is committed, and nothing else', async () => {
  const heard: (string | undefined)[] = [];
  const listener = await pool.connect();
  try {
    listener.on('notification', ({ payload }) => heard.push(payload));
    await listener.query('listen booked');

    const book = (name: string, seat: number) => async (tx: pg.PoolClient) => {
      await tx.query('insert into bookings (name, seat) values ($1, $2)', [name, seat]);
    };
    await inTransaction('rollback', book('Ada', 1));
    await inTransaction('commit', book('Ben', 2));

    await vi.waitFor(() => expect(heard).toContain('Ben'), { timeout: 10_000 });
    expect(heard).toEqual(['Ben']);
  } finally {
    listener.release(true);
  }
});
// #endregion notify

// #region others
it('shows nothing to another connection before the commit', async () => {
  const seenByOthers = async () => (await pool.query('select from bookings')).rowCount;

  await inTransaction('commit', async (tx) => {
    await tx.query("insert into bookings (name, seat) values ('Ada', 1)");
    expect((await tx.query('select from bookings')).rowCount).toBe(1);
    expect(await seenByOthers()).toBe(0);
  });

  expect(await seenByOthers()).toBe(1);
});
// #endregion others

// #region refresh
it('refreshes a view from what is committed', async () => {
  const taken = async () => (await pool.query('select taken from occupancy')).rows[0].taken;

  await inTransaction('commit', async (tx) => {
    await tx.query("insert into bookings (name, seat) values ('Ada', 1)");
    // The nightly job refreshes it, on a connection of its own.
    await pool.query('refresh materialized view occupancy');
    expect(await taken()).toBe(0);
  });

  await pool.query('refresh materialized view occupancy');
  expect(await taken()).toBe(1);
});
// #endregion refresh

// #region advisory
it('keeps an advisory lock of the session after a rollback', async () => {
  const one = await pool.connect();
  const other = await pool.connect();
  const canLock = async () => (await other.query('select pg_try_advisory_xact_lock(42) as got')).rows[0].got;
  try {
    await one.query('begin');
    await one.query('select pg_advisory_xact_lock(42)');
    await one.query('rollback');
    expect(await canLock()).toBe(true); // an xact lock ends with its transaction

    await one.query('begin');
    await one.query('select pg_advisory_lock(42)');
    await one.query('rollback');
    expect(await canLock()).toBe(false); // a session lock does not
  } finally {
    one.release(true);
    other.release();
  }
});
// #endregion advisory
