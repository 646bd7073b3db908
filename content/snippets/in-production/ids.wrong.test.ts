import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

let container: StartedPostgreSqlContainer;
let pool: pg.Pool;

beforeAll(async () => {
  container = await new PostgreSqlContainer('postgres:16-alpine').start();
  pool = new pg.Pool({ connectionString: container.getConnectionUri() });
  await pool.query('create table projects (id integer generated always as identity primary key, name text not null)');
}, 120_000);

afterAll(async () => {
  await pool?.end();
  await container?.stop();
});

// #region ids
beforeEach(() => pool.query('delete from projects'));

it('lists a project', async () => {
  await pool.query("insert into projects (name) values ('Analytical Engine')");

  const { rows } = await pool.query('select id, name from projects');
  expect(rows).toEqual([{ id: 1, name: 'Analytical Engine' }]);
});

it('lists another project', async () => {
  await pool.query("insert into projects (name) values ('Difference Engine')");

  const { rows } = await pool.query('select id, name from projects');
  expect(rows).toEqual([{ id: 1, name: 'Difference Engine' }]); // the id is 2
});
// #endregion ids
