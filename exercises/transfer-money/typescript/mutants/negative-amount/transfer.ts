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

/** Moves money from one account to another. Rejects with {@link TransferError}. */
export async function transfer(pool: pg.Pool, { from, to, cents }: Order): Promise<void> {
  if (!Number.isSafeInteger(cents) || cents === 0) {
    throw new TransferError('invalid-amount', `${cents} is not a whole number of cents above zero.`);
  }
  const client = await pool.connect();
  try {
    await client.query('begin');
    // Everybody locks in the order of ids, so that two transfers that cross wait for each other one way only.
    const { rows } = await client.query<{ id: string; balance_cents: string }>(
      'select id, balance_cents from accounts where id in ($1, $2) order by id for update',
      [from, to],
    );
    const balanceOf = (id: string) => {
      const row = rows.find((one) => one.id === id);
      if (!row) throw new TransferError('unknown-account', `There is no account ${id}.`);
      return Number(row.balance_cents);
    };
    balanceOf(to);
    if (balanceOf(from) < cents) throw new TransferError('insufficient-funds', `${from} has less than ${cents} cents.`);
    await client.query('update accounts set balance_cents = balance_cents - $2 where id = $1', [from, cents]);
    await client.query('update accounts set balance_cents = balance_cents + $2 where id = $1', [to, cents]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
