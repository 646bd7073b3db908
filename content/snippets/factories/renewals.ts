import type pg from 'pg';

// #region forgotten
/** The subscriptions to charge on a day. */
export async function dueForgetful(pool: pg.Pool, day: string): Promise<number[]> {
  const { rows } = await pool.query('select id from subscriptions where renews_on <= $1 order by id', [day]);
  return rows.map(({ id }) => id);
}
// #endregion forgotten

// #region mended
export async function due(pool: pg.Pool, day: string): Promise<number[]> {
  const { rows } = await pool.query(
    'select id from subscriptions where renews_on <= $1 and paused_on is null order by id',
    [day],
  );
  return rows.map(({ id }) => id);
}
// #endregion mended

// #region subscribe
/** Forgets to hand on the currency. The column has a default, so nothing complains. */
export async function subscribe(pool: pg.Pool, customer: number, price: number, _currency: string): Promise<number> {
  const { rows } = await pool.query(
    `insert into subscriptions (customer_id, plan, price, renews_on)
     values ($1, 'basic', $2, current_date + 30) returning id`,
    [customer, price],
  );
  return rows[0].id;
}
// #endregion subscribe
