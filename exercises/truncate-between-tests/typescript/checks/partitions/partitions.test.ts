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

  it('empties a partitioned table and starts its identity anew', async () => {
    await database.pool.query(`
      create table visits (id serial, year integer not null) partition by list (year);
      create table visits_2025 partition of visits for values in (2025);
      create table visits_2026 partition of visits for values in (2026)
    `);
    await database.pool.query('insert into visits (year) values (2025), (2026)');

    await emptyTables(database.pool);

    expect(await database.rowsIn('visits')).toBe(0);
    expect((await database.pool.query('insert into visits (year) values (2026) returning id')).rows).toEqual([
      { id: 1 },
    ]);
  });
});
