import type { TestError } from '../../runner/protocol.ts';
import { ReportedError } from './FailedTests.tsx';

/** What a loading file or a hook threw, in full: a syntax error with its line and excerpt, say. */
export function OutsideOfTests({ error }: { error: TestError | null }) {
  if (!error) return null;
  return (
    <div className="wb-failed">
      <p className="wb-test-name">Outside of the tests</p>
      <ReportedError error={error} />
    </div>
  );
}
