import { describe, expect, it } from 'vitest';
import type { EventBody, RunEvent, Variant } from '../../runner/protocol.ts';
import { emptyRun, OUTPUT_CAP, type RunState, runReducer } from './run-state.ts';

const at = '2026-01-01T00:00:00.000Z';
const variants: Variant[] = [
  { id: 'plain', kind: 'reference', title: 'Plain SQL', core: true },
  { id: 'lost', kind: 'mutant', title: 'Users vanish', core: true },
];
const started = (attempt = 1): EventBody => ({
  type: 'started',
  attempt,
  engine: { backend: 'sandbox', containment: 'cgroup2', postgres: ['16.1'], node: '26.0.0', vitest: '5.1.1' },
  limits: { variantWallMs: 1, runWallMs: 1, memoryBytes: 1, processes: 1, outputBytes: 1 },
  variants,
});
const test = (variant: string, name: string, outcome: 'passed' | 'failed' = 'passed'): EventBody => ({
  type: 'test',
  variant,
  name,
  outcome,
  ms: 3,
});

function replay(bodies: readonly EventBody[], from: RunState = emptyRun): RunState {
  const events = bodies.map((body, index): RunEvent => ({ seq: from.lastSeq + index + 1, at, ...body }));
  return events.reduce(runReducer, from);
}

describe('runReducer', () => {
  it('follows a run from the queue through its variants to the end', () => {
    const state = replay([
      { type: 'queued', position: 2, estimateMs: 1500 },
      started(),
      { type: 'variant-started', variant: 'plain' },
      { type: 'container', variant: 'plain', container: 'c1', image: 'postgres:16-alpine', state: 'created', ms: 2 },
      { type: 'container', variant: 'plain', container: 'c1', image: 'postgres:16-alpine', state: 'running', ms: 60 },
      test('plain', 'a'),
      test('plain', 'b', 'failed'),
      { type: 'container', variant: 'plain', container: 'c1', image: 'postgres:16-alpine', state: 'removed', ms: 1 },
      { type: 'variant-finished', variant: 'plain', outcome: 'failed', ms: 120, error: { message: 'afterAll broke' } },
      { type: 'finished', outcome: 'failed', reason: 'A reference failed.' },
    ]);
    expect(state).toMatchObject({
      phase: 'finished',
      outcome: 'failed',
      reason: 'A reference failed.',
      tests: ['a', 'b'],
    });
    const [plain, lost] = state.variants;
    expect(plain).toMatchObject({
      state: 'finished',
      outcome: 'failed',
      ms: 120,
      error: { message: 'afterAll broke' },
    });
    expect(plain?.containers).toEqual([
      { id: 'c1', image: 'postgres:16-alpine', state: 'removed', startMs: 60, detail: null },
    ]);
    expect(lost?.state).toBe('waiting');
  });

  it('ignores an event that it has seen, and one that comes before its turn', () => {
    const state = replay([started(), test('plain', 'a')]);
    expect(runReducer(state, { seq: 2, at, ...test('plain', 'again') })).toBe(state);
    expect(runReducer(state, { seq: 4, at, ...test('plain', 'early') })).toBe(state);
    expect(runReducer(state, { seq: 3, at, ...test('plain', 'next') }).tests).toEqual(['a', 'next']);
  });

  it('forgets everything before a second attempt', () => {
    const first = replay([
      { type: 'queued', position: 0 },
      started(1),
      test('plain', 'a', 'failed'),
      { type: 'output', variant: 'plain', stream: 'stdout', text: 'old' },
    ]);
    const second = replay([started(2)], first);
    expect(second).toMatchObject({ attempt: 2, tests: [], queue: null, lastSeq: 5, firstAt: at });
    expect(second.variants[0]).toMatchObject({ output: [], state: 'waiting' });
    expect(second.variants[0]?.tests.size).toBe(0);
  });

  it('takes the run back to the queue, with nothing of the attempt left, when it was handed back', () => {
    const before = replay([
      { type: 'queued', position: 0 },
      started(1),
      { type: 'variant-started', variant: 'plain' },
      test('plain', 'a'),
    ]);
    const again = replay([{ type: 'queued', position: 1, estimateMs: 900 }], before);
    expect(again).toEqual({
      ...emptyRun,
      lastSeq: 5,
      firstAt: at,
      lastAt: at,
      phase: 'queued',
      attempt: 1,
      queue: { position: 1, estimateMs: 900 },
    });
    expect(replay([started(2)], again)).toMatchObject({ phase: 'running', attempt: 2, queue: null });
  });

  it('keeps what failed outside of the tests, with its place', () => {
    const error = { message: 'Expected “}”', at: { file: 'user-repository.test.ts', line: 7, column: 3 } };
    const state = replay([
      started(),
      {
        type: 'variant-finished',
        variant: 'plain',
        outcome: 'failed',
        ms: 9,
        reason: 'It could not be loaded.',
        error,
      },
    ]);
    expect(state.variants[0]).toMatchObject({ reason: 'It could not be loaded.', error });
  });

  it('lists a test once, however many variants report it', () => {
    expect(replay([started(), test('plain', 'a'), test('lost', 'a', 'failed')]).tests).toEqual(['a']);
  });

  it('takes a test with a name that objects treat specially', () => {
    expect(replay([started(), test('plain', '__proto__')]).variants[0]?.tests.get('__proto__')?.outcome).toBe('passed');
  });

  it('ignores a report on a variant that was never announced, but moves on', () => {
    expect(replay([started(), test('ghost', 'a')])).toMatchObject({ tests: [], lastSeq: 2 });
  });

  it('joins output of one stream and says how much it left out', () => {
    const state = replay([
      started(),
      { type: 'output', variant: 'lost', stream: 'stdout', text: 'one ' },
      { type: 'output', variant: 'lost', stream: 'stdout', text: 'two' },
      { type: 'output', variant: 'lost', stream: 'stderr', text: 'x'.repeat(OUTPUT_CAP) },
    ]);
    const [, lost] = state.variants;
    expect(lost?.output[0]).toEqual({ stream: 'stdout', text: 'one two' });
    expect(lost?.output[1]?.text).toHaveLength(OUTPUT_CAP - 7);
    expect(lost?.outputDropped).toBe(7);
  });

  it('steps over events of a type that it does not know', () => {
    const state = runReducer(emptyRun, { seq: 1, at, type: 'unknown' });
    expect(replay([started()], state)).toMatchObject({ lastSeq: 2, phase: 'running' });
  });
});
