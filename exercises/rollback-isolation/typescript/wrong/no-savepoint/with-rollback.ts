import type pg from 'pg';
import type { Db } from './db';

/** Runs `work` in a transaction that is rolled back, whatever happens in it. */
export async function withRollback<T>(pool: pg.Pool, work: (db: Db) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    return await work(nested(client));
  } finally {
    // A connection that cannot even roll back is broken: it is closed, and the server rolls back.
    const broken = await client.query('rollback').then(
      () => undefined,
      (error: Error) => error,
    );
    client.release(broken);
  }
}

function nested(client: pg.ClientBase): Db {
  return {
    query: (sql, values) => client.query(sql, values),
    transaction: (work) => work(nested(client)),
  };
}
