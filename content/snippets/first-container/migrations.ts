import type pg from 'pg';

/** Creates the schema that the application expects. Safe to run again. */
export async function runMigrations(pool: pg.Pool): Promise<void> {
  await pool.query(`
    create table if not exists users (
      id    uuid primary key default gen_random_uuid(),
      email text not null unique,
      name  text not null
    )
  `);
}
