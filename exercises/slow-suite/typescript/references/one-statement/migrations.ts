import type pg from 'pg';

/** Creates what wish lists need. Safe to run again. */
export async function runMigrations(pool: pg.Pool): Promise<void> {
  await pool.query(`
    create table if not exists wishes (
      number   bigint generated always as identity primary key,
      person   text not null,
      thing    text not null,
      added_at timestamptz not null default clock_timestamp(),
      unique (person, thing)
    )
  `);
}
