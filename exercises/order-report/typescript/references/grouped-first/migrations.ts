import type pg from 'pg';

/** Creates what the report reads. Safe to run again. */
export async function runMigrations(pool: pg.Pool): Promise<void> {
  await pool.query(`
    create table if not exists customers (
      id   integer primary key,
      name text not null unique
    );
    create table if not exists orders (
      id             integer primary key,
      customer_id    integer not null references customers,
      placed_at      timestamptz not null,
      discount_cents integer
    );
    create table if not exists order_lines (
      id         integer generated always as identity primary key,
      order_id   integer not null references orders,
      quantity   integer not null,
      unit_cents integer not null
    );
    create table if not exists payments (
      id           integer generated always as identity primary key,
      order_id     integer not null references orders,
      amount_cents integer not null
    );
  `);
}
