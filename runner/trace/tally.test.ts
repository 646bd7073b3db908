import { describe, expect, test } from 'vitest';
import type { TraceEntry } from '../protocol.ts';
import { Tally } from './tally.ts';

type Part = 'begin' | 'inside' | 'failed' | 'commit' | 'rollback';

function statement(sql: string, tag: string, part?: Part, connection = 1): TraceEntry {
  const transaction = part === undefined ? null : { id: 1, part };
  const [where, nothing] = [
    { index: 0, container: 'c', connection, atMs: 0, ms: 0 },
    { cut: false, parameters: [], rows: null, error: null, notices: [], answered: true },
  ];
  return { kind: 'statement', test: { name: 'one', exact: true }, sql, tag, transaction, ...where, ...nothing };
}

function recordOf(...entries: TraceEntry[]) {
  const tally = new Tally();
  for (const entry of entries) tally.add(entry);
  return tally.record;
}

describe('the rows that are committed', () => {
  test('are those of statements without a transaction, and of transactions that end in a commit', () => {
    const entries = [
      statement('insert into t values (1)', 'INSERT 0 1'),
      statement('begin', 'BEGIN', 'begin'),
      statement('update t set a = 1', 'UPDATE 5', 'inside'),
      statement('commit', 'COMMIT', 'commit'),
      statement('begin', 'BEGIN', 'begin'),
      statement('delete from t', 'DELETE 7', 'inside'),
      statement('rollback', 'ROLLBACK', 'rollback'),
      statement('select * from t', 'SELECT 9'),
    ];
    expect(recordOf(...entries).rowsCommitted).toBe(6);
  });

  test('leave out what went back to a savepoint', () => {
    const entries = [
      statement('begin', 'BEGIN', 'begin'),
      statement('insert into t values (1)', 'INSERT 0 1', 'inside'),
      statement('SAVEPOINT Outer_One', 'SAVEPOINT', 'inside'),
      statement('insert into t values (2), (3)', 'INSERT 0 2', 'inside'),
      statement('savepoint "In"', 'SAVEPOINT', 'inside'),
      statement('insert into t values (4)', 'INSERT 0 1', 'inside'),
      statement('rollback to savepoint outer_one', 'ROLLBACK', 'inside'),
      statement('commit', 'COMMIT', 'commit'),
    ];
    expect(recordOf(...entries).rowsCommitted).toBe(1);
  });

  test('count a copy in, and none out; and each connection by itself', () => {
    const entries = [
      statement('copy t from stdin', 'COPY 3'),
      statement('copy (select a from t) to stdout', 'COPY 3'),
      statement('begin', 'BEGIN', 'begin', 1),
      statement('insert into t values (1)', 'INSERT 0 1', 'inside', 1),
      statement('begin', 'BEGIN', 'begin', 2),
      statement('rollback', 'ROLLBACK', 'rollback', 2),
      statement('commit', 'COMMIT', 'commit', 1),
    ];
    expect(recordOf(...entries).rowsCommitted).toBe(3 + 1);
  });
});

test('connections count as left open when they were used and their client did not close them', () => {
  const where = (connection: number) => ({ index: 0, container: 'c', connection, test: null, atMs: 0 });
  const opened = (connection: number): TraceEntry => {
    return { kind: 'opened', ...where(connection), protocol: 'postgres', database: 'd', user: 'u' };
  };
  const closed = (connection: number, by: 'client' | 'server'): TraceEntry => {
    return { kind: 'closed', ...where(connection), by };
  };
  const used = (connection: number) => statement('select 1', 'SELECT 1', undefined, connection);
  const record = recordOf(
    ...[1, 2, 3, 4, 5].flatMap((connection) => [opened(connection), ...(connection === 4 ? [] : [used(connection)])]),
    closed(1, 'client'),
    closed(2, 'server'),
    closed(4, 'server'),
    { kind: 'refused', ...where(5), error: { sqlstate: '57P01', message: 'terminating connection' } },
    closed(5, 'client'),
  );
  expect(record).toMatchObject({ connectionsOpened: 5, connectionsLeftOpen: 3 });
});
