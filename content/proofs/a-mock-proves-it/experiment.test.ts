import assert from 'node:assert/strict';
import { expect, it, vi } from 'vitest';
import { connect, versionOf } from '../database';
import { columns, note, row, verdictOf } from '../show';

type Query = (sql: string, values: unknown[]) => Promise<{ rows: { name: string }[] }>;

const statements: [string, string][] = [
  ['right', 'select name from users where email = $1'],
  ['a slip of the keyboard', 'selct name from users where email = $1'],
  ['a table that does not exist', 'select name from user_accounts where email = $1'],
  ['the wrong column', 'select name from users where name = $1'],
  ['the condition turned round', 'select name from users where email <> $1'],
  ['a statement that deletes', 'delete from users where email = $1'],
];

const nameOf = async (sql: string, query: Query) => (await query(sql, ['ada@example.com'])).rows[0]?.name;

it('is green with the mock each time, and with the database once', async () => {
  const pool = await connect();
  await pool.query(
    "create table users (email text unique, name text); insert into users values ('bob@example.com', 'Bob'), ('ada@example.com', 'Ada')",
  );
  columns('The code sends', 'Mock that returns Ada', await versionOf(pool));
  const green = { mocked: 0, real: 0 };
  for (const [what, sql] of statements) {
    const mock = vi.fn().mockResolvedValue({ rows: [{ name: 'Ada' }] });
    const mocked = await verdictOf(async () => assert.equal(await nameOf(sql, mock), 'Ada'));
    const real = await verdictOf(async () => {
      const name = await nameOf(sql, (text, values) => pool.query(text, values));
      assert.equal(name, 'Ada', `expected Ada, got ${name ?? 'nothing'}`);
    });
    row(`${sql} (${what})`, mocked, real);
    green.mocked += Number(mocked === 'green');
    green.real += Number(real === 'green');
  }
  note(`The mock approved of ${green.mocked} of ${statements.length} statements, PostgreSQL of ${green.real}.`);
  expect(green).toEqual({ mocked: statements.length, real: 1 });
}, 60_000);
