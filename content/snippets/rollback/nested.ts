import type { Queryable } from './orders';

// #region nested
/**
 * Lets code that begins and commits run inside of a transaction that is already open: its transaction becomes a savepoint.
 * Pass statements as text; `begin`, `commit` and `rollback` are known by their word.
 */
export function nested(tx: Queryable): Queryable {
  let depth = 0;
  const statement = (sql: string) => {
    switch (sql.trim().toLowerCase()) {
      case 'begin':
        depth += 1;
        return `savepoint nested_${depth}`;
      case 'commit':
        return `release savepoint nested_${depth--}`;
      case 'rollback':
        return `rollback to savepoint nested_${depth}; release savepoint nested_${depth--}`;
      default:
        return sql;
    }
  };
  return { query: (sql: string, values?: unknown[]) => tx.query(statement(sql), values) } as Queryable;
}
// #endregion nested
