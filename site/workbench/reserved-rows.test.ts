import { describe, expect, it } from 'vitest';
import { rowsToCome, titlesIn } from './reserved-rows.ts';
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
    },
  ],
});

describe('titlesIn', () => {
  it('finds titles in any quotes, and none in a comment', () => {
    const text = [
      `describe('Users', () => {`,
      `  it('saves a user', async () => {});`,
      '  test.only("says \\"no\\"", () => {});',
      '  it(`keeps this`, () => {});',
      `  // it('is not yet written');`,
      `  /* it('nor is this'); */ it('stands behind a comment', () => {});`,
      '});',
    ].join('\n');
    expect(titlesIn({ 'a.test.ts': text })).toEqual([
      'saves a user',
      'says "no"',
      'keeps this',
      'stands behind a comment',
    ]);
  });

  it('keeps room for a bounded number', () => {
    expect(titlesIn({ 'a.test.ts': `it('again', f)\n`.repeat(500) }).length).toBeLessThan(50);
  });
});

describe('rowsToCome', () => {
  it('gives the room of a test up once it has reported', () => {
    expect(rowsToCome(['a', 'b'], running(['Users > a']))).toEqual(['b']);
  });

  it('keeps none once a variant is done, or the run', () => {
    expect(rowsToCome(['a', 'b'], running(['Users > a'], 'finished'))).toEqual([]);
    expect(rowsToCome(['a'], { ...emptyRun, phase: 'finished' })).toEqual([]);
  });
});
