import type pg from 'pg';

export type Isolation = 'read committed' | 'repeatable read' | 'serializable';

// #region in-transaction
/** Commits what `work` did, or rolls it back when it throws. The connection goes back to the pool in any case. */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (tx: pg.PoolClient) => Promise<T>,
  isolation: Isolation = 'read committed',
): Promise<T> {
  const tx = await pool.connect();
  let broken: Error | undefined;
  try {
    await tx.query(`begin isolation level ${isolation}`);
    const result = await work(tx);
    await tx.query('commit');
    return result;
  } catch (error) {
    // A connection that cannot even roll back must not be lent out again.
    await tx.query('rollback').catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    tx.release(broken);
  }
}
// #endregion in-transaction

// #region retry
/** Runs the whole transaction again when PostgreSQL gave it up for the sake of another: 40001 or 40P01. */
export async function retrying<T>(attempt: () => Promise<T>, attempts = 5): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    const { code } = error as { code?: string };
    if (attempts <= 1 || (code !== '40001' && code !== '40P01')) throw error;
    return retrying(attempt, attempts - 1);
  }
}
// #endregion retry
