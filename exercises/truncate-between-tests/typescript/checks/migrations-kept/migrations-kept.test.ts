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

  it('keeps the rows of schema_migrations', async () => {
    await emptyTables(database.pool);

    const { rows } = await database.pool.query('select version from schema_migrations order by version');
    expect(rows).toEqual([{ version: 1 }, { version: 2 }]);
  });

  it('empties a table whose name only begins like it', async () => {
    await database.pool.query(
      'create table schema_migrations_seen (version integer); insert into schema_migrations_seen values (1)',
    );

    await emptyTables(database.pool);

    expect(await database.rowsIn('schema_migrations_seen')).toBe(0);
  });
});
