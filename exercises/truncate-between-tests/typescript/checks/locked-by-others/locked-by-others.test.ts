import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emptyTables } from './empty-tables';
import { startTestDatabase, type TestDatabase } from './test-database';

describe('emptyTables', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await startTestDatabase();
  }, 120_000);
  beforeEach(() => database.reset());
  afterAll(() => database.stop());

  it('gives up after about two seconds, with nothing half done and the connection given back', async () => {
    const reader = await database.pool.connect();
    try {
      await reader.query('begin; select from members');

      await expect(emptyTables(database.pool)).rejects.toMatchObject({ code: '55P03' });
    } finally {
      await reader.query('rollback');
      reader.release();
    }
    const { totalCount, idleCount } = database.pool;
    expect({ lent: totalCount - idleCount }).toEqual({ lent: 0 });
    expect([await database.rowsIn('books'), await database.rowsIn('members')]).toEqual([2, 2]);
  }, 10_000);

  it('leaves the patience of its connection as it was', async () => {
    await emptyTables(database.pool);

    const { rows } = await database.pool.query('show lock_timeout');
    expect(rows).toEqual([{ lock_timeout: '0' }]);
  });
});
