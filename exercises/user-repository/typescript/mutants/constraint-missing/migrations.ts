import type pg from 'pg';

const statements = [
  `create table if not exists users (
     id    uuid primary key default gen_random_uuid(),
     email text not null,
     name  text not null
   )`,
  'create index if not exists users_email on users (email)',
];

/** Creates what {@link UserRepository} needs. Safe to run again. */
export async function runMigrations(pool: pg.Pool): Promise<void> {
  for (const statement of statements) {
    await pool.query(statement);
  }
}
