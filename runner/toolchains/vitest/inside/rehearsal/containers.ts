/**
 * As tests.ts, for what most submissions do with a database. The engine and the PostgreSQL are real ones; both are gone by
 * the time that the rehearsal is over.
 */
import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';

let container: StartedPostgreSqlContainer;
let pool: pg.Pool;

beforeAll(async () => {
  container = await new PostgreSqlContainer('postgres:16-alpine').start();
  pool = new pg.Pool({ connectionString: container.getConnectionUri() });
}, 20_000);

afterAll(async () => {
  await pool?.end();
  await container?.stop();
});

it('passes with a database', async () => {
  await pool.query(
    'create table things (id serial primary key, name text not null unique, at timestamptz default now())',
  );
  for (const name of ['one', 'two', 'three']) {
    await pool.query('insert into things (name) values ($1) returning id', [name]);
  }
  const { rows } = await pool.query('select id, name from things where name = $1', ['two']);
  expect(rows).toEqual([{ id: 2, name: 'two' }]);
  await expect(pool.query('insert into things (name) values ($1)', ['two'])).rejects.toMatchObject({ code: '23505' });
  const client = await pool.connect();
  await client.query('begin');
  await client.query('rollback');
  client.release();
});
