import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, postgres, sqliteInMemory } from './database';
import { importNewContacts, migrate } from './import-contacts';

let container: StartedPostgreSqlContainer;
let client: pg.Client;

beforeAll(async () => {
  container = await new PostgreSqlContainer('postgres:16-alpine').start();
  client = new pg.Client({ connectionString: container.getConnectionUri() });
  await client.connect();
}, 120_000);

afterAll(async () => {
  await client?.end();
  await container?.stop();
});

// #region answers
it.each([
  ["create table a (n int); insert into a values ('abc'); select n from a", 'abc', '22P02'],
  ["create table b (s varchar(3)); insert into b values ('long'); select s from b", 'long', '22001'],
  ["select 'abc' like 'ABC'", 1, false],
  ['select 1 / 0', null, '22012'],
  ['create table c (n int); insert into c values (1), (null); select n from c order by n', null, 1],
  ['create table d (a int, b int); insert into d values (1, 7); select b from d group by a', 7, '42803'],
])('%s', async (sql, sqlite, postgresql) => {
  expect(await answer(sqliteInMemory(), sql)).toBe(sqlite);
  expect(await answer(postgres(client), sql)).toBe(postgresql);
});

/** The first value of the last statement's answer, or the SQLSTATE of an error. */
async function answer(db: Database, sql: string): Promise<unknown> {
  let rows: unknown[] = [];
  try {
    for (const statement of sql.split(';')) rows = await db.run(statement);
  } catch (error) {
    return (error as { code?: string }).code;
  }
  return Object.values(rows[0] as object)[0];
}
// #endregion answers

describe('the mended import', () => {
  it('keeps what is new', async () => {
    const db = postgres(client);
    await migrate(db);
    await db.run("insert into contacts values ('ada@example.com', 'Ada')");

    await importNewContacts(db, [
      { email: 'ada@example.com', name: 'Ada again' },
      { email: 'alan@example.com', name: 'Alan' },
    ]);

    expect(await db.run('select name from contacts order by name')).toEqual([{ name: 'Ada' }, { name: 'Alan' }]);
  });
});

// #region after-an-error
it('turns a commit after an error into a rollback, and says so only in the tag', async () => {
  await client.query('create table kept (n integer primary key)');
  await client.query('begin');
  await client.query('insert into kept values (1)');
  await client.query('insert into kept values (1)').catch(() => undefined);

  await expect(client.query('insert into kept values (2)')).rejects.toMatchObject({ code: '25P02' });
  expect(await client.query('commit')).toMatchObject({ command: 'ROLLBACK' });
  expect((await client.query('select from kept')).rowCount).toBe(0);
});
// #endregion after-an-error
