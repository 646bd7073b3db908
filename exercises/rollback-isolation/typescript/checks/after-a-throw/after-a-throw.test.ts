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
    pool = database.poolOf(5);
  }, 120_000);
  beforeEach(() => database.empty());
  afterAll(() => database.stop());

  it('rejects with the very error that the test threw, and takes its rows back', async () => {
    const failure = new Error('expected 2 to be 3');
    const run = withRollback(pool, async (db) => {
      await placeOrder(db, 'Ada', 1_000);
      throw failure;
    });

    await expect(run).rejects.toBe(failure);
    expect(await database.committed()).toBe(0);
  });

  it('rejects with the error of the database that ended the test', async () => {
    const run = withRollback(pool, async (db) => {
      await placeOrder(db, 'Ada', 1_000);
      await placeOrder(db, 'Grace', -1);
    });

    await expect(run).rejects.toMatchObject({ code: '23514' });
    expect(await database.committed()).toBe(0);
  });

  it('leaves no transaction open', async () => {
    const failing = withRollback(pool, async (db) => {
      await placeOrder(db, 'Ada', 1_000);
      throw new Error('an assertion');
    });
    await failing.catch(() => {});

    const { rows } = await pool.query("select from pg_stat_activity where state like 'idle in transaction%'");
    expect(rows).toHaveLength(0);
  });
});
