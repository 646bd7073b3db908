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

  it('does nothing where nothing is', async () => {
    await database.pool.query('drop schema public cascade; create schema public');

    await expect(emptyTables(database.pool)).resolves.toBeUndefined();
  });

  it('does nothing where only the migrations’ table is', async () => {
    await database.pool.query('drop table books, copies, members, loans');

    await expect(emptyTables(database.pool)).resolves.toBeUndefined();
    expect(await database.rowsIn('schema_migrations')).toBe(2);
  });

  it('can be called twice', async () => {
    await emptyTables(database.pool);
    await emptyTables(database.pool);

    expect(await database.rowsIn('loans')).toBe(0);
  });
});
