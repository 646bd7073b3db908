import { describe, expect, it } from 'vitest';
import type { Frame, VariantState } from './run-state.ts';
import { emptyRun, runReducer } from './run-state.ts';
import { timelineOf } from './timeline.ts';

const at = (ms: number) => new Date(Date.UTC(2026, 0, 1) + ms).toISOString();

/** A variant that ran from 0 to 400 ms: a container of 50 ms, set-up of 30 ms, two tests, a gap and the end. */
function variant(): VariantState {
  const statement = { kind: 'statement', container: 'c', connection: 1, test: null, sql: 'create table t ()', ms: 10 };
  const events = [
    {
      type: 'started',
      attempt: 1,
      engine: {},
      limits: {},
      variants: [{ id: 'v', kind: 'reference', title: '', core: true }],
    },
    { type: 'variant-started', variant: 'v' },
    { type: 'container', variant: 'v', container: 'c', image: 'postgres:16', state: 'running', ms: 50 },
    {
      type: 'trace',
      variant: 'v',
      entries: [
        { ...statement, index: 0, atMs: 150 },
        { ...statement, index: 1, atMs: 170 },
        { ...statement, index: 2, atMs: 250, test: { name: 'S > a', exact: true } },
      ],
      dropped: 0,
    },
    { type: 'test', variant: 'v', name: 'S > a', outcome: 'passed', ms: 60, at: at(260) },
    { type: 'test', variant: 'v', name: 'S > b', outcome: 'passed', ms: 40, at: at(320) },
    { type: 'variant-finished', variant: 'v', outcome: 'passed', ms: 400, at: at(400) },
  ];
  const frames = events.map((event, place) => ({ at: at(0), ...event, seq: place + 1 })) as unknown as Frame[];
  const found = frames.reduce(runReducer, emptyRun).variants[0];
  if (!found) throw new Error('the run has no variant');
  return found;
}

describe('timelineOf', () => {
  it('puts the parts in the order in which they happened, and together they are the wait', () => {
    const parts = timelineOf(variant(), 20, 'S > ');
    expect(parts).toEqual([
      { kind: 'queue', words: 'in the queue', ms: 20 },
      { kind: 'boot', words: 'sandbox, loading your file', ms: 120 },
      { kind: 'container', words: 'container', ms: 50 },
      { kind: 'migration', words: 'migrations and set-up', ms: 30 },
      { kind: 'test', words: 'a', ms: 60 },
      { kind: 'between', words: 'hooks between tests', ms: 20 },
      { kind: 'test', words: 'b', ms: 40 },
      { kind: 'teardown', words: 'taking down', ms: 80 },
    ]);
    expect(parts.reduce((sum, { ms }) => sum + ms, 0)).toBe(420);
  });

  it('is empty for a variant that has not ended', () => {
    expect(timelineOf({ ...variant(), finishedAt: null }, 0, '')).toEqual([]);
  });
});
