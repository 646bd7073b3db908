import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { placeOrder, placeTogether, revenue } from './orders';
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

  it('takes back what the code under test has committed', async () => {
    const seen = await withRollback(pool, async (db) => {
      await placeTogether(db, 'Ada', [1_000, 500]);
      return revenue(db);
    });

    expect(seen).toBe(1_500);
    expect(await database.committed()).toBe(0);
  });

  it('takes back what is written after the code has committed', async () => {
    await withRollback(pool, async (db) => {
      await placeTogether(db, 'Ada', [1_000]);
      await placeOrder(db, 'Grace', 500);
    });

    expect(await database.committed()).toBe(0);
  });

  it('lets the transaction of the code see what the test prepared, and hands its result on', async () => {
    const seen = await withRollback(pool, async (db) => {
      await placeOrder(db, 'Ada', 1_000);
      return db.transaction((tx) => revenue(tx));
    });

    expect(seen).toBe(1_000);
  });
});
