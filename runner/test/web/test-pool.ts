import pg from 'pg';

/**
 * A pool whose connections may be cut. A server that is stopped says so also to those that are about to close themselves,
 * when nobody listens to them any more, and what nobody listens to ends the process.
 */
export function openTestPool(connection: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(connection);
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('error', () => {});
  return pool;
}
