import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Db } from './db';
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

  const afterwards = (work: (db: Db) => Promise<unknown>) =>
    withRollback(pool, async (db) => {
      await placeOrder(db, 'Ada', 1_000);
      const error = await work(db).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      return { error, revenue: await revenue(db) };
    });

  it('undoes what the code wrote before it threw, and nothing else', async () => {
    const failure = new Error('changed its mind');
    const { error, revenue: left } = await afterwards((db) =>
      db.transaction(async (tx) => {
        await placeOrder(tx, 'Grace', 500);
        throw failure;
      }),
    );

    expect(error).toBe(failure);
    expect(left).toBe(1_000);
  });

  it('goes on after the database has refused a statement of the code', async () => {
    const { error, revenue: left } = await afterwards((db) => placeTogether(db, 'Grace', [500, -1]));

    expect(error).toMatchObject({ code: '23514' });
    expect(left).toBe(1_000);
  });
});
