import { PostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { expect, it } from 'vitest';
import { nameOf } from './users';

// #region required
it('knows a name', async () => {
  await using container = await new PostgreSqlContainer('postgres:16-alpine').start();
  const pool = new pg.Pool({ connectionString: container.getConnectionUri() });
  try {
    await pool.query("create table users (id integer, name text); insert into users values (1, 'Ada')");

    expect(await nameOf(pool, 1)).toBe('Ada'); // 42703: column "full_name" does not exist
  } finally {
    await pool.end();
  }
}, 120_000);
// #endregion required
