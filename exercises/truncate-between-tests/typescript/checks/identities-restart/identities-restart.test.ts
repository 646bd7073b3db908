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

  it('starts identities and serials anew', async () => {
    await emptyTables(database.pool);

    const { rows } = await database.pool.query(`
      with book as (insert into books (title) values ('Persuasion') returning id),
           member as (insert into members (name) values ('Alan') returning id)
      select book.id as book, member.id::int as member from book, member
    `);
    expect(rows).toEqual([{ book: 1, member: 1 }]);
    const copies = await database.pool.query('insert into copies (book_id) values (1) returning id');
    expect(copies.rows).toEqual([{ id: 1 }]);
  });
});
