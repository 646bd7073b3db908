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

  it('empties tables that refer to one another', async () => {
    await emptyTables(database.pool);

    for (const table of ['books', 'copies', 'members', 'loans']) {
      expect({ table, rows: await database.rowsIn(table) }).toEqual({ table, rows: 0 });
    }
  });

  it('empties a table that was made a moment ago', async () => {
    await database.pool.query('create table fines (cents integer); insert into fines values (50)');

    await emptyTables(database.pool);

    expect(await database.rowsIn('fines')).toBe(0);
  });

  it('empties tables that refer to each other in a circle, and to themselves', async () => {
    await database.pool.query(`
      create table shelves (id integer primary key, beside integer references shelves, room integer);
      create table rooms (id integer primary key, first_shelf integer references shelves);
      alter table shelves add foreign key (room) references rooms;
      insert into shelves values (1, 1, null);
      insert into rooms values (1, 1);
      update shelves set room = 1
    `);

    await emptyTables(database.pool);

    expect([await database.rowsIn('shelves'), await database.rowsIn('rooms')]).toEqual([0, 0]);
  });
});
