import type pg from 'pg';
import type { Db } from './db';

/** Runs `work` in a transaction that is rolled back, whatever happens in it. */
export async function withRollback<T>(pool: pg.Pool, work: (db: Db) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  await client.query('begin');
  const result = await work(nested(client));
  await client.query('rollback');
  client.release();
  return result;
}

/** The database within a transaction: a further transaction is a savepoint, named by its depth. */
function nested(client: pg.ClientBase, depth = 1): Db {
  const savepoint = `level_${depth}`;
  return {
    query: (sql, values) => client.query(sql, values),
    async transaction(work) {
      await client.query(`savepoint ${savepoint}`);
      try {
        const result = await work(nested(client, depth + 1));
        await client.query(`release savepoint ${savepoint}`);
        return result;
      } catch (error) {
        await client.query(`rollback to savepoint ${savepoint}; release savepoint ${savepoint}`);
        throw error;
      }
    },
  };
}
