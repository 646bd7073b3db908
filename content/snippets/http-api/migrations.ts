import type pg from 'pg';

// #region schema
/** Last week's migration added the two columns at the end. */
export async function migrate(pool: pg.Pool): Promise<void> {
  await pool.query(`
    create table users (
      id        uuid primary key default gen_random_uuid(),
      email     text not null unique,
      name      text not null,
      is_admin  boolean not null default false,
      api_token uuid not null default gen_random_uuid()
    )
  `);
}
// #endregion schema
