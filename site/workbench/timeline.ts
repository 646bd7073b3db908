/**
 * Where the time of one variant went, from the run's events: one part after the other, as they happened. Instants are those
 * at which the runner noted an event, a few milliseconds late at most.
 */
import type { VariantState } from './run-state.ts';

export type TimelinePart = {
  kind: 'queue' | 'boot' | 'container' | 'migration' | 'test' | 'between' | 'teardown';
  words: string;
  ms: number;
};

/** @param queueMs how long the run waited for its turn */
export function timelineOf(variant: VariantState, queueMs: number, suite: string): TimelinePart[] {
  const begin = instant(variant.startedAt);
  const end = instant(variant.finishedAt);
  if (begin === null || end === null) return [];
  const tests = [...variant.tests]
    .filter(([, { outcome }]) => outcome !== 'skipped')
    .map(([name, { ms, at }]) => ({ name, ms, end: Date.parse(at) }));
  const [first] = tests;
  const before = Math.max(0, (first ? first.end - first.ms : end) - begin);
  const container = Math.min(before, sumOf(variant.containers.map(({ startMs }) => startMs ?? 0)));
  const migration = Math.min(before - container, setUpMs(variant));
  const parts: TimelinePart[] = [
    { kind: 'queue', words: 'in the queue', ms: queueMs },
    { kind: 'boot', words: 'sandbox, loading your file', ms: before - container - migration },
    { kind: 'container', words: variant.containers.length > 1 ? 'containers' : 'container', ms: container },
    { kind: 'migration', words: 'migrations and set-up', ms: migration },
  ];
  let reached = begin + before;
  for (const test of tests) {
    const gap = Math.max(0, test.end - test.ms - reached);
    if (gap >= 1) parts.push({ kind: 'between', words: 'hooks between tests', ms: gap });
    parts.push({ kind: 'test', words: test.name.slice(suite.length), ms: test.ms });
    reached = Math.max(reached, test.end);
  }
  parts.push({ kind: 'teardown', words: 'taking down', ms: Math.max(0, end - reached) });
  return parts.filter(({ ms }) => ms > 0);
}

/** From the first statement before any test to the end of the last one. */
function setUpMs({ trace }: VariantState): number {
  const firstTest = trace.findIndex(({ test }) => test !== null);
  const statements = (firstTest < 0 ? trace : trace.slice(0, firstTest)).filter((entry) => entry.kind === 'statement');
  const [first, last] = [statements[0], statements.at(-1)];
  return first && last ? last.atMs + last.ms - first.atMs : 0;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function instant(at: string | null): number | null {
  return at === null ? null : Date.parse(at);
}
