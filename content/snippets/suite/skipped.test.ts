import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { nameOf } from './users';

it('is a test that needs nothing', () => expect(1 + 1).toBe(2));

// #region skipped
// Without a database there is nothing to test, so that people can run the rest.
describe.skipIf(!process.env.TEST_DATABASE_URL)('users', () => {
  const pool = new pg.Pool({ connectionString: process.env.TEST_DATABASE_URL });

  it('knows a name', async () => {
    await pool.query("create table users (id integer, name text); insert into users values (1, 'Ada')");

    expect(await nameOf(pool, 1)).toBe('Ada');
  });
});
// #endregion skipped
