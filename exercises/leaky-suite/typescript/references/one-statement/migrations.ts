import type pg from 'pg';

/** Creates what invoices need. Safe to run again. */
export async function runMigrations(pool: pg.Pool): Promise<void> {
  await pool.query(`
    create table if not exists invoices (
      number     integer generated always as identity primary key,
      customer   text not null,
      paid_at    timestamptz,
      created_at timestamptz not null default now()
    );
    create table if not exists lines (
      invoice integer not null references invoices (number),
      place   integer not null,
      text    text not null,
      cents   integer not null,
      primary key (invoice, place)
    );
  `);
}
