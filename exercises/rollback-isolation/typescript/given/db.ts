import type pg from 'pg';

/** What code needs of a database: a pool in production, a transaction in a test. */
export type Db = {
  query<R extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<pg.QueryResult<R>>;
  /** Commits when `work` resolves. When it rejects, rolls back and rejects with the same error. */
  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T>;
};

/** The database as the application knows it. */
export function connect(pool: pg.Pool): Db {
  return {
    query: (sql, values) => pool.query(sql, values),
    async transaction(work) {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const result = await work(within(client));
        await client.query('commit');
        client.release();
        return result;
      } catch (error) {
        // Closed, and the server rolls back.
        client.release(true);
        throw error;
      }
    },
  };
}

/** Inside of a transaction, another one is a part of it. */
function within(client: pg.ClientBase): Db {
  return {
    query: (sql, values) => client.query(sql, values),
    transaction: (work) => work(within(client)),
  };
}
