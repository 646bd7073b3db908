import type { TestError } from '../../runner/protocol.ts';
import { DiffView } from './DiffView.tsx';
import { PlaceLink } from './place-link.tsx';
import type { TestResult } from './run-state.ts';

/** What failed and why, as the learner's own process reported it: always drawn as text. `whose` the tests are. */
export function FailedTests({ tests, whose }: { tests: ReadonlyMap<string, TestResult>; whose?: string }) {
  const failed = [...tests].filter(([, { outcome }]) => outcome === 'failed').slice(0, 20);
  if (failed.length === 0) return null;
  return (
    <ul className="wb-failed">
      {failed.map(([name, { error }]) => (
        <li key={name}>
          <p className="wb-test-name">{name}</p>
          {error && <ReportedError error={error} whose={whose} />}
        </li>
      ))}
    </ul>
  );
}

/** One error: its place, its message, and the two values where it compared some. */
export function ReportedError({ error, whose = 'your test' }: { error: TestError; whose?: string | undefined }) {
  const { at, message, expected, actual } = error;
  return (
    <>
      {at && (
        <p className="wb-quiet wb-place">
          <PlaceLink file={at.file} line={at.line} column={at.column} />
        </p>
      )}
      {message.trim().includes('\n') ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable by keyboard
        <pre className="wb-excerpt" tabIndex={0}>
          {message}
        </pre>
      ) : (
        <pre>{message}</pre>
      )}
      {expected !== undefined && actual !== undefined && (expected + actual).includes('\n') && (
        <>
          <p className="wb-quiet">
            <span data-line="removed">− expected by {whose}</span>, <span data-line="added">+ what the code gave</span>
          </p>
          <DiffView label={`Expected by ${whose}, and what the code gave`} before={expected} after={actual} />
        </>
      )}
      {(expected !== undefined || actual !== undefined) && !((expected ?? '') + (actual ?? '')).includes('\n') && (
        <dl className="wb-compare">
          <div>
            <dt>Expected by {whose}</dt>
            <dd>
              <pre>{expected ?? 'not said'}</pre>
            </dd>
          </div>
          <div>
            <dt>What the code gave</dt>
            <dd>
              <pre>{actual ?? 'not said'}</pre>
            </dd>
          </div>
        </dl>
      )}
    </>
  );
}
