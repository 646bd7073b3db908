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
  if (!(Number.isSafeInteger(cents) && cents > 0)) {
    throw new TransferError('invalid-amount', 'Money moves in whole cents, and at least one of them.');
  }
  const client = await pool.connect();
  try {
    await client.query('begin');
    const steps = [
      { id: from, change: -cents },
      { id: to, change: cents },
    ].sort((one, other) => (one.id < other.id ? -1 : 1));
    // The condition is looked at again once the row is free: nobody can spend what another has spent meanwhile.
    for (const { id, change } of steps) {
      const { rowCount } = await client.query(
        'update accounts set balance_cents = balance_cents + $2 where id = $1 and balance_cents + $2 >= 0',
        [id, change],
      );
      if (rowCount === 0) await refuse(client, id);
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

async function refuse(client: pg.PoolClient, id: string): Promise<never> {
  const { rowCount } = await client.query('select from accounts where id = $1', [id]);
  if (rowCount === 0) throw new TransferError('unknown-account', `Nobody has an account ${id}.`);
  throw new TransferError('insufficient-funds', `Account ${id} does not cover this transfer.`);
}
