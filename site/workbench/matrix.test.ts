import { describe, expect, it } from 'vitest';
import type { EventBody, MutantOutcome, Verdict } from '../../runner/protocol.ts';
import { matrixOf, ROW_CAP, sharedSuite } from './matrix.ts';
import { emptyRun, runReducer } from './run-state.ts';

const exercise = {
  references: [{ id: 'plain', title: 'Plain SQL' }],
  mutants: [
    { id: 'lost-name', title: 'Names vanish', core: false },
    { id: 'lost', title: 'Users vanish', core: true },
  ],
  checks: [],
};

function run(...bodies: EventBody[]) {
  const started: EventBody = {
    type: 'started',
    attempt: 1,
    engine: { backend: 'sandbox', containment: 'none', postgres: [], node: '', vitest: '' },
    limits: { variantWallMs: 1, runWallMs: 1, memoryBytes: 1, processes: 1, outputBytes: 1 },
    variants: [
      { id: 'plain', kind: 'reference', title: 'Plain SQL', core: true },
      { id: 'lost-name', kind: 'mutant', title: 'Names vanish', core: false },
      { id: 'lost', kind: 'mutant', title: 'Users vanish', core: true },
    ],
  };
  return [started, ...bodies].reduce(
    (state, body) => runReducer(state, { seq: state.lastSeq + 1, at: '2026-01-01T00:00:00Z', ...body }),
    emptyRun,
  );
}
const finished = (variant: string, outcome: 'passed' | 'failed' | 'timed-out'): EventBody => ({
  type: 'variant-finished',
  variant,
  outcome,
  ms: 1,
});
const test = (variant: string, outcome: 'passed' | 'failed' | 'skipped', name = 'a'): EventBody => ({
  type: 'test',
  variant,
  name,
  outcome,
  ms: 1,
});
const results = (matrix: ReturnType<typeof matrixOf>) => matrix.columns.map(({ id, result }) => [id, result]);

describe('matrixOf', () => {
  it('puts correct implementations first, then core bugs, then bonus bugs, before and during a run', () => {
    const codes = (matrix: ReturnType<typeof matrixOf>) => matrix.columns.map(({ code, id }) => `${code} ${id}`);
    expect(codes(matrixOf(exercise, emptyRun))).toEqual(['C1 plain', 'B1 lost', '+1 lost-name']);
    expect(codes(matrixOf(exercise, run()))).toEqual(['C1 plain', 'B1 lost', '+1 lost-name']);
  });

  it('reads a failing test as a failure on a correct implementation and as a catch on a bug', () => {
    const matrix = matrixOf(
      exercise,
      run(test('plain', 'failed'), test('lost', 'failed'), test('lost-name', 'passed')),
    );
    expect(matrix.rows).toEqual([{ test: 'a', cells: ['fails', 'catches', 'misses'] }]);
  });

  it('does not take a timeout for a catch', () => {
    const matrix = matrixOf(
      exercise,
      run(finished('plain', 'passed'), finished('lost', 'timed-out'), finished('lost-name', 'failed')),
    );
    expect(results(matrix)).toEqual([
      ['plain', 'passed'],
      ['lost', 'timed-out'],
      ['lost-name', 'killed'],
    ]);
  });

  it('lets the verdict have the last word', () => {
    const mutant = (id: string, outcome: MutantOutcome) => ({ id, title: '', core: true, outcome, killedBy: [] });
    const verdict: Verdict = {
      outcome: 'failed',
      reason: 'Because.',
      partial: false,
      references: [{ id: 'plain', outcome: 'failed', tests: [], reason: 'Zero tests.' }],
      mutants: [mutant('lost', 'not-run'), mutant('lost-name', 'survived')],
      timings: { queue: 0, boot: 0, database: 0, tests: 0, total: 0 },
    };
    const matrix = matrixOf(exercise, run(finished('lost', 'failed'), { type: 'verdict', verdict }));
    expect(results(matrix)).toEqual([
      ['plain', 'failed'],
      ['lost', 'not-run'],
      ['lost-name', 'survived'],
    ]);
    expect(matrix.columns[0]?.reason).toBe('Zero tests.');
  });

  it('carries what failed outside of the tests, from the variant and then from the verdict', () => {
    const broken: EventBody = {
      type: 'variant-finished',
      variant: 'plain',
      outcome: 'failed',
      ms: 1,
      reason: 'A hook failed.',
      error: { message: 'early' },
    };
    const told = matrixOf(exercise, run(broken)).columns[0];
    expect(told).toMatchObject({ result: 'failed', reason: 'A hook failed.', error: { message: 'early' } });
    const verdict: Verdict = {
      outcome: 'failed',
      reason: 'Because.',
      partial: false,
      references: [{ id: 'plain', outcome: 'failed', tests: [], error: { message: 'final' } }],
      mutants: [],
      timings: { queue: 0, boot: 0, database: 0, tests: 0, total: 0 },
    };
    const judged = matrixOf(exercise, run(broken, { type: 'verdict', verdict })).columns[0];
    expect(judged).toMatchObject({ reason: 'A hook failed.', error: { message: 'final' } });
  });

  it('leaves no cell waiting once the run has ended', () => {
    const matrix = matrixOf(
      exercise,
      run({ type: 'variant-started', variant: 'plain' }, test('plain', 'passed'), {
        type: 'finished',
        outcome: 'cancelled',
      }),
    );
    expect(matrix.rows[0]?.cells).toEqual(['passes', 'silent', 'silent']);
    expect(results(matrix).map(([, result]) => result)).toEqual(['not-run', 'not-run', 'not-run']);
  });

  it('draws a bounded number of rows and says how many it left out', () => {
    const many = Array.from({ length: ROW_CAP + 2 }, (_, index) => test('plain', 'passed', `t${index}`));
    const matrix = matrixOf(exercise, run(...many));
    expect(matrix.rows).toHaveLength(ROW_CAP);
    expect(matrix.hiddenRows).toBe(2);
  });
});

describe('sharedSuite', () => {
  it('is what all full names begin with, whole suites only', () => {
    expect(sharedSuite(['Users > create > a', 'Users > create > b', 'Users > find > c'])).toBe('Users > ');
    expect(sharedSuite(['Users > a'])).toBe('Users > ');
    expect(sharedSuite(['Users > a', 'Userland > b'])).toBe('');
    expect(sharedSuite(['a', 'b'])).toBe('');
    expect(sharedSuite([])).toBe('');
  });
});

describe('the matrix of code', () => {
  const code = {
    references: [],
    mutants: [],
    checks: [
      { id: 'quotes', title: 'Quotes names', core: false },
      { id: 'empties', title: 'Empties tables', core: true },
    ],
  };

  it('has a column for each check, the bonus last, and knows which test belongs to which', () => {
    const started: EventBody = {
      type: 'started',
      attempt: 1,
      engine: { backend: 'sandbox', containment: 'none', postgres: [], node: '', vitest: '' },
      limits: { variantWallMs: 1, runWallMs: 1, memoryBytes: 1, processes: 1, outputBytes: 1 },
      variants: code.checks.map((check) => ({ ...check, kind: 'check' })),
    };
    const reports = [test('quotes', 'passed', 'b'), test('empties', 'failed', 'a'), finished('empties', 'failed')];
    const state = [started, ...reports].reduce(
      (before, body) => runReducer(before, { seq: before.lastSeq + 1, at: '2026-01-01T00:00:00Z', ...body }),
      emptyRun,
    );
    expect(matrixOf(code, emptyRun).columns.map(({ code: name, id }) => `${name} ${id}`)).toEqual([
      'C1 empties',
      '+1 quotes',
    ]);
    const matrix = matrixOf(code, state);
    expect(results(matrix)).toEqual([
      ['empties', 'failed'],
      ['quotes', 'waiting'],
    ]);
    // In the order of the columns, whichever reported first.
    expect(matrix.rows).toEqual([
      { test: 'a', cells: ['fails', 'elsewhere'] },
      { test: 'b', cells: ['elsewhere', 'passes'] },
    ]);
  });
});
