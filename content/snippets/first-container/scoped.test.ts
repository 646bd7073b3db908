import { PostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { expect, it } from 'vitest';
import { runMigrations } from './migrations';

// #region scoped
it('migrates an empty server, and can be run again', async () => {
  await using container = await new PostgreSqlContainer('postgres:16-alpine').start();
  const pool = new pg.Pool({ connectionString: container.getConnectionUri() });
  try {
    await runMigrations(pool);
    await runMigrations(pool);

    const { rows } = await pool.query('select * from users');
    expect(rows).toEqual([]);
  } finally {
    await pool.end();
  }
}, 120_000);
// #endregion scoped
