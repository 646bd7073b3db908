import type pg from 'pg';
import { connect, type Db } from './db';

/** Runs `work` in a transaction that is rolled back, whatever happens in it. */
export async function withRollback<T>(pool: pg.Pool, work: (db: Db) => Promise<T>): Promise<T> {
  await pool.query('begin');
  try {
    return await work(connect(pool));
  } finally {
    await pool.query('rollback');
  }
}
