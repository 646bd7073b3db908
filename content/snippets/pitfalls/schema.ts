import type pg from 'pg';

/** Totals are whole cents. */
export async function migrate(pool: pg.Pool): Promise<void> {
  await pool.query(`
    create table customers (
      id   integer generated always as identity primary key,
      name text not null
    );
    create table orders (
      id          integer generated always as identity primary key,
      customer_id integer not null references customers,
      total       integer not null check (total > 0),
      status      text not null default 'paid',
      placed_at   timestamptz not null default now()
    )
  `);
}
