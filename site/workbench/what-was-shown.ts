/** What a set of tests showed, by test: which bugs only this one catches, so that it could not be left out. */
import type { MutantResult } from '../../runner/protocol.ts';

export type TestWorth = {
  test: string;
  /** Titles of bugs that no other test catches. */
  alone: readonly string[];
  /** Bugs that it catches and others do too. */
  shared: number;
};

export function worthOfTests(tests: readonly string[], mutants: readonly MutantResult[]): TestWorth[] {
  return tests.map((test) => {
    const caught = mutants.filter(({ killedBy }) => killedBy.includes(test));
    const alone = caught.filter(({ killedBy }) => killedBy.length === 1);
    return { test, alone: alone.map(({ title }) => title), shared: caught.length - alone.length };
  });
}
