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

  it.each([
    ['a reserved word', 'order'],
    ['capitals', 'LateReturns'],
    ['a blank', 'lost books'],
    ['a quote', 'the "other" shelf'],
    ['an apostrophe', "reader's wishes"],
    ['a dot', 'books.archive'],
  ])('empties a table with %s in its name', async (_, name) => {
    const quoted = `"${name.replaceAll('"', '""')}"`;
    await database.pool.query(`create table ${quoted} (n integer); insert into ${quoted} values (1)`);

    await emptyTables(database.pool);

    expect(await database.rowsIn(quoted)).toBe(0);
  });
});
