import { Fragment } from 'react';
import type { TestError } from '../../runner/protocol.ts';
import { DiffView } from './DiffView.tsx';
import { alikeTests } from './failure-groups.ts';
import { PlaceLink } from './place-link.tsx';
import type { TestResult } from './run-state.ts';
import { counted } from './words.ts';

const SHOWN = 20;

/** A compiler’s marks below or beside a line of code, whose lines must not wrap. */
const EXCERPT = /│|^\s*[\^~]+\s*$/m;

/** What failed and why, as the learner's own process reported it: always drawn as text. `whose` the tests are. */
export function FailedTests({ tests, whose }: { tests: ReadonlyMap<string, TestResult>; whose?: string }) {
  const groups = alikeTests(tests).slice(0, SHOWN);
  if (groups.length === 0) return null;
  return (
    <ul className="wb-failed">
      {groups.map(({ error, tests: alike, onePlace }) => (
        <li key={alike[0].name}>
          {alike.slice(0, SHOWN).map(({ name, at }) => (
            <Fragment key={name}>
              <p className="wb-test-name">{name}</p>
              {!onePlace && <Place at={at} />}
            </Fragment>
          ))}
          {alike.length > SHOWN && <p>and {counted(alike.length - SHOWN, 'more test')}</p>}
          {error && alike.length > 1 && <p className="wb-quiet">{alike.length === 2 ? 'Both' : 'All'} say:</p>}
          {error && <ReportedError error={error} whose={whose} placed={!onePlace} />}
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
      {EXCERPT.test(message) ? (
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
