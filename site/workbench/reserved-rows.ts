/**
 * Room for the rows of tests that have not reported yet, so that the page below the matrix stands still while they come.
 * What a text seems to define is a guess, good enough for room: it is never shown.
 */
import type { Texts } from './drafts.ts';
import { sharedSuite } from './matrix.ts';
import type { RunState } from './run-state.ts';
import { writtenTests } from './written-tests.ts';

const ROOM_CAP = 30;

/** Full names. One that is put together at run time is missed. */
export function namesIn(texts: Texts): string[] {
  return Object.values(texts)
    .flatMap((text) => writtenTests(text).map(({ name }) => name))
    .slice(0, ROOM_CAP);
}

/** Names whose tests may still report: none once a variant is done, for then all have. */
export function namesToCome(names: readonly string[], run: RunState): string[] {
  if (run.phase === 'finished' || run.variants.some(({ state }) => state === 'finished')) return [];
  return names.filter((name) => !run.tests.includes(name));
}

/** Rooms for hidden tests, whose names nobody knows before; `count` is how many there are. Other checks' come later. */
export function hiddenToCome(count: number, run: RunState): string[] {
  if (run.phase === 'finished') return [];
  const missing = Math.max(0, Math.min(count, ROOM_CAP) - run.tests.length);
  return Array.from({ length: missing }, () => `${sharedSuite(run.tests)}hidden test`);
}
