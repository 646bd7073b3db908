/**
 * Room for the rows of tests that have not reported yet, so that the page below the matrix stands still while they come.
 * What a text seems to define is a guess, good enough for room: it is never shown.
 */
import type { Texts } from './drafts.ts';
import type { RunState } from './run-state.ts';
import { writtenTests } from './written-tests.ts';

const ROOM_CAP = 30;

/** Titles without their suites. One that is put together at run time is missed. */
export function titlesIn(texts: Texts): string[] {
  return Object.values(texts)
    .flatMap((text) => writtenTests(text).map(({ name }) => name.split(' > ').at(-1) ?? name))
    .slice(0, ROOM_CAP);
}

/** Titles whose tests may still report: none once a variant is done, for then all have. */
export function rowsToCome(titles: readonly string[], run: RunState): string[] {
  if (run.phase === 'finished' || run.variants.some(({ state }) => state === 'finished')) return [];
  return titles.filter((title) => !run.tests.some((test) => test === title || test.endsWith(` > ${title}`)));
}
