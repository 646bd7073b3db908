import { describe, expect, it } from 'vitest';
import { hiddenToCome, namesIn, namesToCome } from './reserved-rows.ts';
import { emptyRun, type RunState, type VariantState } from './run-state.ts';

const running = (tests: string[], state: VariantState['state'] = 'running'): RunState => ({
  ...emptyRun,
  phase: 'running',
  tests,
  variants: [
    {
      id: 'plain',
      kind: 'reference',
      title: '',
      core: true,
      state,
      outcome: null,
      startedAt: null,
      finishedAt: null,
      ms: null,
      reason: null,
      error: null,
      tests: new Map(),
      containers: [],
      output: [],
      outputDropped: 0,
      trace: [],
      traceDropped: 0,
      rules: [],
    },
  ],
});

describe('namesIn', () => {
  it('finds names in any quotes, and none in a comment', () => {
    const text = [
      `describe('Users', () => {`,
      `  it('saves a user', async () => {});`,
      '  test.only("says \\"no\\"", () => {});',
      '  it(`keeps this`, () => {});',
      `  // it('is not yet written');`,
      `  /* it('nor is this'); */ it('stands behind a comment', () => {});`,
      '});',
    ].join('\n');
    expect(namesIn({ 'a.test.ts': text })).toEqual([
      'Users > saves a user',
      'Users > says "no"',
      'Users > keeps this',
      'Users > stands behind a comment',
    ]);
  });

  it('keeps room for a bounded number', () => {
    expect(namesIn({ 'a.test.ts': `it('again', f)\n`.repeat(500) }).length).toBeLessThan(50);
  });
});

describe('namesToCome', () => {
  it('gives the room of a test up once it has reported', () => {
    expect(namesToCome(['Users > a', 'b'], running(['Users > a']))).toEqual(['b']);
  });

  it('keeps none once a variant is done, or the run', () => {
    expect(namesToCome(['a', 'b'], running(['Users > a'], 'finished'))).toEqual([]);
    expect(namesToCome(['a'], { ...emptyRun, phase: 'finished' })).toEqual([]);
  });
});

describe('hiddenToCome', () => {
  it('keeps as many rows as there are hidden tests, until the run is done', () => {
    expect(hiddenToCome(2, { ...emptyRun, phase: 'waiting' })).toHaveLength(2);
    // Another check may still report.
    expect(hiddenToCome(2, running(['helper > keeps nothing'], 'finished'))).toEqual(['helper > hidden test']);
    expect(hiddenToCome(2, { ...emptyRun, phase: 'finished' })).toEqual([]);
  });
});
