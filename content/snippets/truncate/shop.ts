import type pg from 'pg';

export async function openAccount(pool: pg.Pool, email: string): Promise<number> {
  const { rows } = await pool.query('insert into accounts (email) values ($1) returning id', [email]);
  return rows[0].id;
}

// #region close
export async function closeAccount(pool: pg.Pool, email: string): Promise<void> {
  await pool.query('delete from accounts where email = $1', [email]);
  await pool.query("insert into audit_log (email, action) values ($1, 'closed')", [email]);
}

/** The nightly job. It has its own statement, and its author did not know of the audit log. */
export async function closeUnused(pool: pg.Pool): Promise<void> {
  await pool.query('delete from accounts where id not in (select account_id from "order")');
}
// #endregion close

export async function placeOrder(pool: pg.Pool, account: number, total: number): Promise<number> {
  const { rows } = await pool.query('insert into "order" (account_id, total) values ($1, $2) returning id', [
    account,
    total,
  ]);
  return rows[0].id;
}

// #region cancel
/** The two ids are the wrong way round. */
export async function cancelOrder(pool: pg.Pool, account: number, order: number): Promise<void> {
  await pool.query('delete from "order" where account_id = $1 and id = $2', [order, account]);
}
// #endregion cancel
