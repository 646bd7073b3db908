import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from './db';
import { placeOrder, revenue } from './orders';
import { startTestDatabase, type TestDatabase } from './test-database';
import { withRollback } from './with-rollback';

describe('withRollback', () => {
  let database: TestDatabase;
  let pool: pg.Pool;

  beforeAll(async () => {
    database = await startTestDatabase();
    pool = database.poolOf(5);
  }, 120_000);
  afterAll(() => database.stop());

  const refused = (db: Db, work: (tx: Db) => Promise<unknown>) =>
    db
      .transaction(async (tx) => {
        await work(tx);
        throw new Error('changed its mind');
      })
      .catch(() => {});

  it('undoes an inner transaction and keeps the outer one', async () => {
    const seen = await withRollback(pool, async (db) => {
      await db.transaction(async (outer) => {
        await placeOrder(outer, 'Ada', 1);
        await refused(outer, (inner) => placeOrder(inner, 'Grace', 10));
        await placeOrder(outer, 'Alan', 100);
      });
      return revenue(db);
    });

    expect(seen).toBe(101);
  });

  it('undoes an outer transaction after an inner one that was undone before', async () => {
    const seen = await withRollback(pool, async (db) => {
      await refused(db, async (outer) => {
        await placeOrder(outer, 'Ada', 1);
        await refused(outer, (inner) => placeOrder(inner, 'Grace', 10));
      });
      return revenue(db);
    });

    expect(seen).toBe(0);
  });

  it('undoes an outer transaction with an inner one that was kept', async () => {
    const seen = await withRollback(pool, async (db) => {
      await placeOrder(db, 'Ada', 1);
      await refused(db, (outer) => outer.transaction((inner) => placeOrder(inner, 'Grace', 10)));
      return revenue(db);
    });

    expect(seen).toBe(1);
  });
});
