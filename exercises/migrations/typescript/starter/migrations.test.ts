import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from './migrations';

describe('migrate', () => {
  let container: StartedPostgreSqlContainer;
  let pool: pg.Pool;

  beforeAll(async () => {
    container = await new PostgreSqlContainer('postgres:16-alpine').start();
    pool = new pg.Pool({ connectionString: container.getConnectionUri() });
  }, 120_000);

  afterAll(async () => {
    await pool?.end();
    await container?.stop();
  });

  beforeEach(() => pool.query('drop schema public cascade; create schema public'));

  it('makes a table of accounts', async () => {
    await migrate(pool);

    await pool.query(
      "insert into accounts (email, full_name, display_name) values ('ann@example.org', 'Ann Ode', 'Ann')",
    );
    const { rows } = await pool.query('select email, full_name, status, display_name from accounts');
    expect(rows).toEqual([{ email: 'ann@example.org', full_name: 'Ann Ode', status: 'open', display_name: 'Ann' }]);
  });

  // An empty database has nothing that a migration could get wrong. What would production bring along?
});
