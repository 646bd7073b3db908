import type { TestResult } from './run-state.ts';

/** What failed and why, as the learner's own process reported it: always drawn as text. */
export function FailedTests({ tests }: { tests: ReadonlyMap<string, TestResult> }) {
  const failed = [...tests].filter(([, { outcome }]) => outcome === 'failed').slice(0, 20);
  if (failed.length === 0) return null;
  return (
    <ul className="wb-failed">
      {failed.map(([name, { error }]) => (
        <li key={name}>
          <p className="wb-test-name">
            {name}
            {error?.at && (
              <span className="wb-quiet">
                {' '}
                {error.at.file}:{error.at.line}
              </span>
            )}
          </p>
          {error && <pre>{error.message}</pre>}
          {error && (error.expected !== undefined || error.actual !== undefined) && (
            <dl className="wb-compare">
              <div>
                <dt>Expected by your test</dt>
                <dd>
                  <pre>{error.expected ?? 'not said'}</pre>
                </dd>
              </div>
              <div>
                <dt>What the code gave</dt>
                <dd>
                  <pre>{error.actual ?? 'not said'}</pre>
                </dd>
              </div>
            </dl>
          )}
        </li>
      ))}
    </ul>
  );
}
