import type pg from 'pg';
import { inTransaction } from './in-transaction';

type Transfer = { from: number; to: number; amount: number };

// #region as-it-comes
export async function transferAsItComes(pool: pg.Pool, { from, to, amount }: Transfer): Promise<void> {
  await inTransaction(pool, async (tx) => {
    await tx.query('update accounts set balance = balance - $1 where id = $2', [amount, from]);
    await tx.query('insert into transfers (from_account, to_account, amount) values ($1, $2, $3)', [from, to, amount]);
    await tx.query('update accounts set balance = balance + $1 where id = $2', [amount, to]);
  });
}
// #endregion as-it-comes

// #region in-order
export async function transfer(pool: pg.Pool, { from, to, amount }: Transfer): Promise<void> {
  await inTransaction(pool, async (tx) => {
    await tx.query('select from accounts where id in ($1, $2) order by id for update', [from, to]);
    await tx.query('update accounts set balance = balance - $1 where id = $2', [amount, from]);
    await tx.query('insert into transfers (from_account, to_account, amount) values ($1, $2, $3)', [from, to, amount]);
    await tx.query('update accounts set balance = balance + $1 where id = $2', [amount, to]);
  });
}
// #endregion in-order
