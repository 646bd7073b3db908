import type pg from 'pg';

/** Creates what orders need. Safe to run again. */
export async function runMigrations(pool: pg.Pool): Promise<void> {
  await pool.query(`
    create table if not exists orders (
      number    text primary key,
      customer  text not null,
      cents     integer not null,
      status    text not null default 'placed' check (status in ('placed', 'confirmed', 'cancelled')),
      placed_at timestamptz not null default now()
    )
  `);
}
