import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findActiveUsers } from './active-users';
import { runMigrations } from './migrations';

describe('findActiveUsers', () => {
  let container: StartedPostgreSqlContainer;
  let pool: pg.Pool;

  beforeAll(async () => {
    container = await new PostgreSqlContainer('postgres:16-alpine').start();
    pool = new pg.Pool({ connectionString: container.getConnectionUri() });
    await runMigrations(pool);
  }, 120_000);

  afterAll(async () => {
    await pool?.end();
    await container?.stop();
  });

  beforeEach(() => pool.query('truncate users restart identity'));

  it('finds users', async () => {
    await pool.query("insert into users (name) values ('Ann'), ('Bob'), ('Cay')");

    const users = await findActiveUsers(pool, { at: new Date(), page: 1, size: 10 });

    expect(users.map(({ name }) => name)).toEqual(['Ann', 'Bob', 'Cay']);
  });

  // Three rows, alike but for their names, and in order. Which conditions of the query could be missing?
});
