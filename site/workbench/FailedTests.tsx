import { Fragment } from 'react';
import type { TestError } from '../../runner/protocol.ts';
import { DiffView } from './DiffView.tsx';
import { alikeTests } from './failure-groups.ts';
import { PlaceLink } from './place-link.tsx';
import type { TestResult } from './run-state.ts';
import { counted } from './words.ts';

const SHOWN = 20;

/** What failed and why, as the learner's own process reported it: always drawn as text. `whose` the tests are. */
export function FailedTests({ tests, whose }: { tests: ReadonlyMap<string, TestResult>; whose?: string }) {
  const groups = alikeTests(tests).slice(0, SHOWN);
  if (groups.length === 0) return null;
  return (
    <ul className="wb-failed">
      {groups.map(({ error, tests: [first, ...others] }) => (
        <li key={first.name}>
          <p className="wb-test-name">{first.name}</p>
          {others.length > 0 && <Place at={first.at} />}
          {others.slice(0, SHOWN).map(({ name, at }) => (
            <Fragment key={name}>
              <p className="wb-test-name">{name}</p>
              <Place at={at} />
            </Fragment>
          ))}
          {others.length > SHOWN && <p>and {counted(others.length - SHOWN, 'more test')}</p>}
          {error && others.length > 0 && <p className="wb-quiet">{others.length === 1 ? 'Both' : 'All'} say:</p>}
          {error && <ReportedError error={error} whose={whose} placed={others.length > 0} />}
        </li>
      ))}
    </ul>
  );
}

function Place({ at }: { at: TestError['at'] }) {
  if (!at) return null;
  return (
    <p className="wb-quiet wb-place">
      <PlaceLink file={at.file} line={at.line} column={at.column} />
    </p>
  );
}

type ReportedErrorProps = {
  error: TestError;
  whose?: string | undefined;
  /** Its place is told already. */
  placed?: boolean;
};

/** One error: its place, its message, and the two values where it compared some. */
export function ReportedError({ error, whose = 'your test', placed = false }: ReportedErrorProps) {
  const { at, message, expected, actual } = error;
  return (
    <>
      {!placed && <Place at={at} />}
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
