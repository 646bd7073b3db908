import type { TestError } from '../../runner/protocol.ts';
import type { Column } from './matrix.ts';
import type { TestResult } from './run-state.ts';

const NO_FAILURE = new Set<Column['result']>(['passed', 'waiting', 'running', 'not-run', 'cancelled']);

/** Failing correct implementations, those that failed in the same way together, so that it is told once. */
export function failureGroups(columns: readonly Column[]): [Column, ...Column[]][] {
  const groups = new Map<string, [Column, ...Column[]]>();
  for (const column of columns) {
    if (column.group !== 'reference' || NO_FAILURE.has(column.result)) continue;
    const signature = signatureOf(column);
    const group = groups.get(signature);
    if (group) group.push(column);
    else groups.set(signature, [column]);
  }
  return [...groups.values()];
}

export type AlikeTests = {
  /** What each of them says; null where they say nothing. */
  error: TestError | null;
  tests: [FailedTest, ...FailedTest[]];
  /** Whether all of them say it of one place. */
  onePlace: boolean;
};
type FailedTest = { name: string; at: TestError['at'] };

/** Failed tests, those that say the same together, wherever in their files they say it. */
export function alikeTests(tests: ReadonlyMap<string, TestResult>): AlikeTests[] {
  const groups = new Map<string, AlikeTests>();
  for (const [name, { outcome, error }] of tests) {
    if (outcome !== 'failed') continue;
    const says = wordsOf(error);
    const group = groups.get(says);
    if (group) {
      group.tests.push({ name, at: error?.at });
      group.onePlace &&= JSON.stringify(group.error?.at) === JSON.stringify(error?.at);
    } else groups.set(says, { error, tests: [{ name, at: error?.at }], onePlace: true });
  }
  return [...groups.values()];
}

/**
 * The one thing that a variant failed by: it was not loaded, or an error that compares nothing was thrown in each test that
 * failed. Null where tests say several things, or compare values, which are about each test.
 */
export function oneCause({ error, variant }: Pick<Column, 'error' | 'variant'>): string | null {
  const alike = alikeTests(variant?.tests ?? new Map());
  if (error) return alike.length === 0 ? wordsOf(error) : null;
  const [only, ...others] = alike;
  if (!only?.error || others.length > 0) return null;
  return only.error.expected === undefined && only.error.actual === undefined ? wordsOf(only.error) : null;
}

function wordsOf(error: TestError | null): string {
  return JSON.stringify([error?.message, error?.expected, error?.actual]);
}

function signatureOf({ result, reason, error: outside, variant }: Column): string {
  const failed = [...(variant?.tests ?? [])].flatMap(([name, { outcome, error }]) =>
    outcome === 'failed' ? [[name, error?.message]] : [],
  );
  return JSON.stringify([result, reason, outside?.message, failed]);
}
