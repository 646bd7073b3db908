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
    pool = database.poolOf(1);
  });
  afterAll(() => database.stop());

  const cutOff = () =>
    withRollback(pool, async (db) => {
      await placeOrder(db, 'Ada', 1_000);
      await db.query('select pg_terminate_backend(pg_backend_pid())');
    });

  it('rejects with what ended the connection', async () => {
    await expect(cutOff()).rejects.toMatchObject({ code: '57P01' });
  });

  it('makes room for a new connection', async () => {
    await cutOff().catch(() => {});

    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});
