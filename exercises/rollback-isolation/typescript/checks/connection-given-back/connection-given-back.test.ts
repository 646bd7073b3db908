import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { placeOrder } from './orders';
import { startTestDatabase, type TestDatabase } from './test-database';
import { withRollback } from './with-rollback';

describe('withRollback', () => {
  let database: TestDatabase;
  let pool: pg.Pool;

  beforeAll(async () => {
    database = await startTestDatabase();
  }, 120_000);
  beforeEach(() => {
    // One connection, which nobody else has had: whoever keeps it is found out by the next.
    pool = database.poolOf(1);
  });
  afterAll(() => database.stop());

  const lent = () => ({ lent: pool.totalCount - pool.idleCount, waiting: pool.waitingCount });

  it('gives its connection back after a test that passes', async () => {
    await withRollback(pool, (db) => placeOrder(db, 'Ada', 1_000));

    expect(lent()).toEqual({ lent: 0, waiting: 0 });
  });

  it('gives its connection back after a test that throws', async () => {
    await withRollback(pool, () => Promise.reject(new Error('an assertion'))).catch(() => {});

    expect(lent()).toEqual({ lent: 0, waiting: 0 });
  });

  it('gives back a connection that works, after an error of the database', async () => {
    await withRollback(pool, (db) => placeOrder(db, 'Ada', -1)).catch(() => {});

    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});
