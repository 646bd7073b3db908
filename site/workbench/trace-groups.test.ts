import { describe, expect, test } from 'vitest';
import type { TraceEntry } from '../../runner/protocol.ts';
import { differencesOf } from './trace-diff.ts';
import { answerOf, type TraceStatement, traceGroups, unindented } from './trace-groups.ts';

let index = 0;
function statement(sql: string, test: string | null, more: Partial<TraceStatement> = {}): TraceStatement {
  return {
    kind: 'statement',
    index: index++,
    container: 'c',
    connection: 1,
    test: test === null ? null : { name: test, exact: true },
    atMs: 0,
    ms: 2,
    sql,
    cut: false,
    parameters: [],
    rows: 1,
    tag: 'SELECT 1',
    error: null,
    notices: [],
    transaction: null,
    answered: true,
    ...more,
  };
}

describe('a trace by test', () => {
  test('keeps a test’s entries together and names what lies between tests', () => {
    const failure = { error: { sqlstate: '23505', message: 'duplicate key' }, tag: null, rows: null };
    const trace: TraceEntry[] = [
      statement('create table t ()', null),
      statement('select 1', 'one'),
      statement('select 2', 'other'),
      statement('insert', 'one', failure),
      statement('truncate t', null),
      statement('select 3', 'third'),
      statement('drop table t', null),
    ];
    expect(traceGroups(trace).map(({ title, statements, errors, ms }) => [title, statements, errors, ms])).toEqual([
      ['Before the tests', 1, 0, 2],
      ['one', 2, 1, 4],
      ['other', 1, 0, 2],
      ['Between tests', 1, 0, 2],
      ['third', 1, 0, 2],
      ['After the tests', 1, 0, 2],
    ]);
  });

  test('shows a statement without the indentation of its source', () => {
    expect(unindented('select\n      1,\n        2\n    from t')).toBe('select\n  1,\n    2\nfrom t');
    expect(unindented('select 1')).toBe('select 1');
  });

  test('says how a statement was answered', () => {
    expect(answerOf(statement('s', null, { rows: 2 }))).toBe('2 rows');
    expect(answerOf(statement('s', null, { rows: null, tag: 'CREATE TABLE' }))).toBe('create table');
    expect(answerOf(statement('s', null, { error: { sqlstate: '42601', message: 'no' } }))).toBe('42601 no');
    expect(answerOf(statement('s', null, { answered: false }))).toBe('no answer');
  });
});

describe('two traces side by side', () => {
  test('show what only one sent and what was answered otherwise, whatever the values', () => {
    const sent = (sql: string, more: Partial<TraceStatement> = {}) => statement(sql, 'one', more);
    const reference = [
      sent('begin'),
      sent('insert into t values ($1)', { parameters: [{ value: 'a' }] }),
      sent('commit'),
      sent('select', { rows: 1 }),
    ];
    const mutant = [
      sent('INSERT into t  values ($1)', { parameters: [{ value: 'b' }] }),
      sent('select', { rows: 0 }),
      sent('select 2'),
    ];
    expect(differencesOf(reference, mutant)).toEqual(['only-here', 'same', 'only-here', 'answered-otherwise']);
    expect(differencesOf(mutant, reference)).toEqual(['same', 'answered-otherwise', 'only-here']);
    expect(differencesOf(reference, [])).toEqual(Array(4).fill('only-here'));
  });
});
