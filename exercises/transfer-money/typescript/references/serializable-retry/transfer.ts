import type pg from 'pg';

/** Why a transfer was refused. Nothing has changed then. */
export class TransferError extends Error {
  readonly code: 'insufficient-funds' | 'unknown-account' | 'invalid-amount';

  constructor(code: TransferError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

export type Order = { from: string; to: string; cents: number };

/** SQLSTATEs that mean: nothing is wrong, another transaction was in the way. */
const again = ['40001', '40P01'];
const attempts = 10;

/** Moves money from one account to another. Rejects with {@link TransferError}. */
export async function transfer(pool: pg.Pool, order: Order): Promise<void> {
  if (!Number.isSafeInteger(order.cents) || order.cents < 1) {
    throw new TransferError('invalid-amount', 'The amount has to be a whole number of cents, and more than none.');
  }
  const client = await pool.connect();
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(client, order);
      } catch (error) {
        await client.query('rollback');
        if (attempt === attempts || !again.includes((error as { code?: string }).code ?? '')) throw error;
      }
    }
  } finally {
    client.release();
  }
}

async function once(client: pg.PoolClient, { from, to, cents }: Order): Promise<void> {
  await client.query('begin isolation level serializable');
  const balance = await balanceOf(client, from);
  await balanceOf(client, to);
  if (balance < cents) throw new TransferError('insufficient-funds', `${balance} cents are not ${cents}.`);
  await client.query('update accounts set balance_cents = balance_cents - $2 where id = $1', [from, cents]);
  await client.query('update accounts set balance_cents = balance_cents + $2 where id = $1', [to, cents]);
  await client.query('commit');
}

async function balanceOf(client: pg.PoolClient, id: string): Promise<number> {
  const { rows } = await client.query<{ balance: string }>(
    'select balance_cents as balance from accounts where id = $1',
    [id],
  );
  if (!rows[0]) throw new TransferError('unknown-account', `Account ${id} is not known here.`);
  return Number(rows[0].balance);
}
