import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type pg from 'pg';

// #region database
/** The little that the import needs of a database. Placeholders are $1, $2 and so on. */
export type Database = { run(sql: string, values?: SQLInputValue[]): Promise<unknown[]> };

export function postgres(client: pg.ClientBase): Database {
  return { run: async (sql, values = []) => (await client.query(sql, values)).rows };
}

export function sqliteInMemory(): Database {
  const sqlite = new DatabaseSync(':memory:');
  return { run: async (sql, values = []) => sqlite.prepare(sql.replaceAll('$', '?')).all(...values) };
}
// #endregion database
