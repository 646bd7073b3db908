import { describe, expect, it } from 'vitest';
import type { MutantOutcome, Verdict } from '../../runner/protocol.ts';
import { emptyRun, type RunState } from '../workbench/run-state.ts';
import { tally } from './tally.ts';

function finished(references: 'passed' | 'failed', ...mutants: MutantOutcome[]): RunState {
  const verdict: Verdict = {
    outcome: 'failed',
    reason: 'A reason.',
    partial: false,
    references: [{ id: 'r', outcome: references, tests: [] }],
    mutants: mutants.map((outcome, index) => ({ id: `${index}`, title: 'M', core: true, outcome, killedBy: [] })),
    timings: { queue: 0, boot: 0, database: 0, tests: 0, total: 1400 },
  };
  return { ...emptyRun, phase: 'finished', verdict };
}

describe('what the taste says of a run', () => {
  it.for([
    ['how many are before it', { ...emptyRun, phase: 'queued', queue: { position: 2, estimateMs: null } }, '2 before'],
    ['that nothing was caught', finished('passed', 'survived', 'survived'), 'none of 2 bugs'],
    ['that time ran out, which is not green', finished('passed', 'timed-out', 'survived'), 'ran out of time on 1,'],
    ['what was caught', finished('passed', 'killed', 'survived', 'timed-out'), 'Caught 1 of 3 bugs'],
    ['that correct code did not pass', finished('failed', 'not-run'), 'did not pass on correct code: A reason.'],
    ['why there is no verdict', { ...emptyRun, phase: 'finished', reason: 'It was cancelled.' }, 'It was cancelled.'],
  ] as const)('is %s', ([, run, words]) => {
    expect(tally(run as RunState)).toContain(words);
  });
});
