import type pg from 'pg';

/** Creates what {@link UserRepository} needs, all of it or nothing. Safe to run again. */
export async function runMigrations(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(`
      create table if not exists users (
        id    uuid primary key default gen_random_uuid(),
        email text not null constraint one_user_per_email unique,
        name  text not null
      )
    `);
    await client.query('alter table users add column if not exists created_at timestamptz not null default now()');
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
