import type pg from 'pg';

/** Empties every table of the schema `public`, except the one of the migrations. */
export async function emptyTables(pool: pg.Pool): Promise<void> {
  // Complete when it was written.
  await pool.query('truncate books, copies');
}
