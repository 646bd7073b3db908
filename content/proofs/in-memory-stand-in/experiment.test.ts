import { existsSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type pg from 'pg';
import { expect, it } from 'vitest';
import { connect, versionOf } from '../database';
import { columns, row } from '../show';

const statements = [
  "create table t (n integer); insert into t values ('abc'); select n from t",
  "create table v (s varchar(3)); insert into v values ('toolong'); select s from v",
  "select 'abc' like 'ABC'",
  'create table p (id integer primary key); create table c (p integer references p (id)); insert into c values (7); select p from c',
  'create table g (a integer, b integer); insert into g values (1, 2), (1, 3); select a, b from g group by a',
  'create table o (x integer); insert into o values (1), (null); select x from o order by x limit 1',
  'select 1/0',
];
const typed = existsSync('statement.sql') ? readFileSync('statement.sql', 'utf8').trim() : '';

it('answers otherwise', async () => {
  columns('Statement', `SQLite ${process.versions.sqlite}`, await versionOf(await connect()));
  for (const [index, sql] of statements.entries()) {
    const [lite, real] = [onSqlite(sql), await onPostgres(sql, await connect(`statement-${index}`))];
    row(sql, lite, real);
    expect(lite, sql).not.toBe(real);
  }
}, 60_000);

it.runIf(typed !== '')(
  'answers what you typed',
  async () => {
    row(`Yours: ${typed}`, onSqlite(typed), await onPostgres(typed, await connect('yours')));
  },
  60_000,
);

function onSqlite(sql: string): string {
  const database = new DatabaseSync(':memory:', { enableForeignKeyConstraints: false });
  const run = (part: string) => {
    const statement = database.prepare(part);
    statement.setReturnArrays(true);
    return statement.all() as unknown as unknown[][];
  };
  try {
    return told(parts(sql).map(run).at(-1));
  } catch (error) {
    return `error: ${(error as Error).message}`;
  } finally {
    database.close();
  }
}

async function onPostgres(sql: string, pool: pg.Pool): Promise<string> {
  const client = await pool.connect();
  try {
    await client.query("set statement_timeout = '3s'");
    let answer: unknown[][] | undefined;
    for (const part of parts(sql)) answer = (await client.query({ text: part, rowMode: 'array' })).rows;
    return told(answer);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return `error ${code ?? ''}: ${message}`;
  } finally {
    client.release();
  }
}

/** Statements one by one; a “;” in quotes separates nothing. */
function parts(sql: string): string[] {
  return (sql.match(/(?:[^;'"]|'[^']*'|"[^"]*"|['"])+/g) ?? []).filter((part) => part.trim() !== '');
}

/** Rows as lists: two columns may have one name. */
function told(rows: readonly unknown[][] = []): string {
  if (rows.length === 0) return 'no rows';
  return rows.map((one) => one.map(shown).join(', ')).join(' | ');
}

function shown(value: unknown): string {
  if (value === null) return 'NULL';
  return value instanceof Date ? value.toISOString() : String(value);
}
