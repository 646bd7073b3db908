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
  if (!Number.isSafeInteger(cents) || cents <= 0) {
    throw new TransferError('invalid-amount', `${cents} is not a whole number of cents above zero.`);
  }
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query<{ id: string; balance_cents: string }>(
      'select id, balance_cents from accounts where id in ($1, $2)',
      [from, to],
    );
    const balanceOf = (id: string) => {
      const row = rows.find((one) => one.id === id);
      if (!row) throw new TransferError('unknown-account', `There is no account ${id}.`);
      return Number(row.balance_cents);
    };
    balanceOf(to);
    if (balanceOf(from) < cents) throw new TransferError('insufficient-funds', `${from} has less than ${cents} cents.`);
    if (from !== to) {
      const after = [
        [from, balanceOf(from) - cents],
        [to, balanceOf(to) + cents],
      ] as const;
      for (const [id, cents] of after.toSorted()) {
        await client.query('update accounts set balance_cents = $2 where id = $1', [id, cents]);
      }
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
