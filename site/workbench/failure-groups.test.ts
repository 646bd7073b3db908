import { describe, expect, it } from 'vitest';
import { failureGroups } from './failure-groups.ts';
import type { Column } from './matrix.ts';
import type { VariantState } from './run-state.ts';

const column = (id: string, rest: Partial<Column>): Column => ({
  id,
  group: 'reference',
  code: id,
  title: id,
  result: 'failed',
  reason: null,
  error: null,
  variant: null,
  ...rest,
});
const failing = (message: string): VariantState => ({
  id: 'v',
  kind: 'reference',
  title: '',
  core: true,
  state: 'finished',
  outcome: 'failed',
  startedAt: null,
  finishedAt: null,
  ms: 1,
  reason: null,
  error: null,
  tests: new Map([['a', { outcome: 'failed', ms: 1, error: { message }, at: '' }]]),
  containers: [],
  output: [],
  outputDropped: 0,
  trace: [],
  traceDropped: 0,
});
const codes = (columns: Column[]) => failureGroups(columns).map((group) => group.map(({ id }) => id));

describe('failureGroups', () => {
  it('puts together what failed in the same way', () => {
    const same = { variant: failing('expected 2 to be 1') };
    expect(codes([column('C1', same), column('C2', { variant: failing('other') }), column('C3', same)])).toEqual([
      ['C1', 'C3'],
      ['C2'],
    ]);
  });

  it('leaves out what passed, has not run, or is a bug', () => {
    expect(
      codes([column('C1', { result: 'passed' }), column('C2', { result: 'running' }), column('B1', { group: 'core' })]),
    ).toEqual([]);
  });

  it('keeps a timeout apart from a failure', () => {
    expect(codes([column('C1', {}), column('C2', { result: 'timed-out' })])).toHaveLength(2);
  });
});
