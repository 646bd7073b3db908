import type pg from 'pg';

// #region with-rollback
/** Runs `work` in a transaction and rolls it back, whether it succeeds or throws. */
export async function withRollback<T>(pool: pg.Pool, work: (tx: pg.PoolClient) => Promise<T>): Promise<T> {
  const tx = await pool.connect();
  try {
    await tx.query('begin');
    return await work(tx);
  } finally {
    // If even the rollback fails, the connection is broken: close it, and the server rolls back.
    const broken = await tx.query('rollback').then(
      () => undefined,
      (error: Error) => error,
    );
    tx.release(broken);
  }
}
// #endregion with-rollback
