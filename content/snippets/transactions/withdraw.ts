import type pg from 'pg';
import { inTransaction } from './in-transaction';

export class NotEnoughMoney extends Error {}

// #region lossy
export async function withdrawLossy(pool: pg.Pool, account: number, amount: number): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const { rows } = await tx.query('select balance from accounts where id = $1', [account]);
    const left = rows[0].balance - amount;
    if (left < 0) throw new NotEnoughMoney();
    await tx.query('update accounts set balance = $1 where id = $2', [left, account]);
  });
}
// #endregion lossy

// #region locked
export async function withdrawLocked(pool: pg.Pool, account: number, amount: number): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const { rows } = await tx.query('select balance from accounts where id = $1 for update', [account]);
    const left = rows[0].balance - amount;
    if (left < 0) throw new NotEnoughMoney();
    await tx.query('update accounts set balance = $1 where id = $2', [left, account]);
  });
}
// #endregion locked

// #region atomic
export async function withdraw(pool: pg.Pool, account: number, amount: number): Promise<void> {
  const { rowCount } = await pool.query('update accounts set balance = balance - $1 where id = $2 and balance >= $1', [
    amount,
    account,
  ]);
  if (rowCount === 0) throw new NotEnoughMoney();
}
// #endregion atomic
