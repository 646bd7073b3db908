import type { Verdict } from '../../runner/protocol.ts';
import { worthOfTests } from './what-was-shown.ts';
import { counted, inList } from './words.ts';

type Props = {
  verdict: Verdict;
  tests: readonly string[];
  /** What every test’s name begins with. */
  suite: string;
};

/** What a set of tests proved, test by test. */
export function WorthOfTests({ verdict, tests, suite }: Props) {
  return (
    <>
      <p>
        They hold for {counted(verdict.references.length, 'correct implementation')} that differ in how they work, so
        they ask for behaviour and not for one way to it.
      </p>
      <ul className="wb-shown">
        {worthOfTests(tests, verdict.mutants).map(({ test, alone, shared }) => (
          <li key={test}>
            <span className="wb-test-name">{test.slice(suite.length)}</span>{' '}
            {alone.length > 0
              ? `is the only one to catch ${inList(alone.map((title) => `“${title}”`))}`
              : shared > 0
                ? `catches ${counted(shared, 'bug')}, each of which another test catches too.`
                : 'catches none of these bugs; it may still be worth its time.'}
          </li>
        ))}
      </ul>
    </>
  );
}
