import type pg from 'pg';

// #region refund
export async function placeOrder(pool: pg.Pool, customer: number, total: number): Promise<number> {
  const { rows } = await pool.query('insert into orders (customer_id, totel) values ($1, $2) returning id', [
    customer,
    total,
  ]);
  return rows[0].id;
}
// #endregion refund
