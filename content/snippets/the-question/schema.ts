import type pg from 'pg';

export async function migrate(pool: pg.Pool): Promise<void> {
  await pool.query(`
    create table order_lines (
      order_id integer not null,
      product  text not null,
      price    numeric(10, 2) not null,
      quantity integer not null check (quantity > 0)
    )
  `);
}
