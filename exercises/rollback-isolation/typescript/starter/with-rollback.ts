import type pg from 'pg';
import { connect, type Db } from './db';

/** Runs `work` in a transaction that is rolled back, whatever happens in it. */
export async function withRollback<T>(pool: pg.Pool, work: (db: Db) => Promise<T>): Promise<T> {
  // There is no transaction yet: what a test writes stays.
  return work(connect(pool));
}
