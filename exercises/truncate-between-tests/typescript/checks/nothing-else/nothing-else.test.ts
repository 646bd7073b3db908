import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emptyTables } from './empty-tables';
import { startTestDatabase, type TestDatabase } from './test-database';

describe('emptyTables', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await startTestDatabase();
  }, 120_000);
  beforeEach(async () => {
    await database.reset();
    await database.pool.query('drop schema if exists reference cascade; create schema reference');
  });
  afterAll(() => database.stop());

  it('leaves tables of another schema alone, also one of the same name', async () => {
    await database.pool.query(`
      create table reference.languages (code text);
      create table reference.books (isbn text);
      insert into reference.languages values ('en');
      insert into reference.books values ('9780141439549')
    `);

    await emptyTables(database.pool);

    expect([await database.rowsIn('reference.languages'), await database.rowsIn('reference.books')]).toEqual([1, 1]);
    expect(await database.rowsIn('public.books')).toBe(0);
  });

  it('rejects rather than empty a table elsewhere that refers to one of these', async () => {
    await database.pool.query(`
      create table reference.prizes (book_id integer references public.books);
      insert into reference.prizes values (1)
    `);

    await expect(emptyTables(database.pool)).rejects.toMatchObject({ code: '0A000' });

    expect([await database.rowsIn('reference.prizes'), await database.rowsIn('public.members')]).toEqual([1, 2]);
  });

  it('takes a view for what it is', async () => {
    await database.pool.query('create view titles as select title from books');

    await emptyTables(database.pool);

    expect(await database.rowsIn('titles')).toBe(0);
  });
});
