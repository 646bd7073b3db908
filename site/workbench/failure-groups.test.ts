import { describe, expect, it } from 'vitest';
import { alikeTests, failureGroups, oneCause } from './failure-groups.ts';
import type { Column } from './matrix.ts';
import type { TestResult, VariantState } from './run-state.ts';

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
  rules: [],
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

const failed = (error: TestResult['error']): TestResult => ({ outcome: 'failed', ms: 1, error, at: '' });
const boom = { message: 'boom', at: { file: 'a.ts', line: 1, column: 1 } };

describe('alikeTests', () => {
  it('puts together tests that say the same, each with its own place, and leaves out what passed', () => {
    const elsewhere = { message: 'boom', at: { file: 'a.ts', line: 9, column: 1 } };
    const tests = new Map([
      ['a', failed(boom)],
      ['b', failed({ message: 'other' })],
      ['c', failed(elsewhere)],
      ['d', { ...failed(null), outcome: 'passed' as const }],
    ]);
    expect(alikeTests(tests)).toEqual([
      {
        error: boom,
        tests: [
          { name: 'a', at: boom.at },
          { name: 'c', at: elsewhere.at },
        ],
        onePlace: false,
      },
      { error: { message: 'other' }, tests: [{ name: 'b', at: undefined }], onePlace: true },
    ]);
    const same = new Map([
      ['a', failed(boom)],
      ['b', failed({ ...boom, at: { ...boom.at } })],
    ]);
    expect(alikeTests(same)).toMatchObject([{ onePlace: true }]);
  });

  it('keeps apart what differs in its values only', () => {
    const values = (actual: string) => failed({ message: 'not equal', expected: '1', actual });
    const tests = new Map([
      ['a', values('2')],
      ['b', values('3')],
    ]);
    expect(alikeTests(tests)).toHaveLength(2);
  });
});

describe('oneCause', () => {
  const causeOf = (tests: Record<string, TestResult>, error: Column['error'] = null) =>
    oneCause({ error, variant: { ...failing(''), tests: new Map(Object.entries(tests)) } });

  it('is what kept a file from loading, or what each failed test threw', () => {
    expect(causeOf({}, boom)).not.toBeNull();
    expect(causeOf({}, boom)).toBe(causeOf({ a: failed(boom), b: failed({ message: 'boom' }) }));
  });

  it('is none where tests say several things, compare values, or an error stands beside them', () => {
    expect(causeOf({ a: failed(boom), b: failed({ message: 'other' }) })).toBeNull();
    expect(causeOf({ a: failed({ message: 'not equal', expected: '1', actual: '2' }) })).toBeNull();
    expect(causeOf({ a: failed(boom) }, boom)).toBeNull();
    expect(causeOf({})).toBeNull();
  });
});
