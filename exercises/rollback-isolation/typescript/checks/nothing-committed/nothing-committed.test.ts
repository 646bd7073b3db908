import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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
  beforeEach(() => database.empty());
  afterAll(() => database.stop());

  it('lets a test see what it wrote, and leaves nothing of it', async () => {
    const seen = await withRollback(pool, async (db) => {
      await placeOrder(db, 'Ada', 1_000);
      await placeOrder(db, 'Grace', 500);
      return revenue(db);
    });

    expect(seen).toBe(1_500);
    expect(await database.committed()).toBe(0);
  });

  it('hides what a test writes from other connections while it runs', async () => {
    const seen = await withRollback(pool, async (db) => {
      await placeOrder(db, 'Ada', 1_000);
      return database.committed();
    });

    expect(seen).toBe(0);
  });

  it('keeps statements that are sent at once in the transaction', async () => {
    const seen = await withRollback(pool, async (db) => {
      await Promise.all([1, 2, 3].map((cents) => placeOrder(db, 'Ada', cents)));
      return revenue(db);
    });

    expect(seen).toBe(6);
    expect(await database.committed()).toBe(0);
  });
});
