import type pg from 'pg';

export async function migrate(pool: pg.Pool): Promise<void> {
  await pool.query(`
    create table orders (
      id       integer generated always as identity primary key,
      customer text not null,
      cents    integer not null check (cents >= 0)
    );
    create table shipments (order_id integer not null references orders)
  `);
}
