import { useState } from 'react';
import type { WorkbenchMutant } from './exercise-props.ts';
import { FailedTests, ReportedError } from './FailedTests.tsx';
import { failureGroups } from './failure-groups.ts';
import type { Column } from './matrix.ts';
import type { RunState } from './run-state.ts';
import { counted, inWords } from './words.ts';

/** Correct implementations that the tests did not pass on, with what failed there. */
export function FailingReferences({ columns, anyTest }: { columns: readonly Column[]; anyTest: boolean }) {
  const groups = failureGroups(columns);
  if (groups.length === 0) return null;
  return (
    <section className="wb-block" aria-labelledby="wb-references" data-testid="failing-references">
      <h3 id="wb-references">{anyTest ? 'Your tests fail on correct code' : 'No test of yours could run'}</h3>
      {anyTest && (
        <p className="wb-quiet">
          These implementations do everything that the brief asks. A test that fails on one of them demands something
          more, or has a mistake in it.
        </p>
      )}
      {groups.map(([column, ...others]) => (
        <div key={column.id} className="wb-variant">
          <h4>
            <span className="wb-code-name">{column.code}</span> {column.title}
            <span className="wb-state" data-result={column.result}>
              {resultOf(column)}
            </span>
          </h4>
          {column.reason && <p>{column.reason}</p>}
          <OutsideOfTests column={column} />
          {column.variant && <FailedTests tests={column.variant.tests} />}
          {others.length > 0 && <p className="wb-quiet">The same on {others.map(({ code }) => code).join(', ')}.</p>}
        </div>
      ))}
    </section>
  );
}

/** The planted bugs: what a user would notice, what became of each, and hints for those that got away. */
export function BugList({
  columns,
  suite,
  mutants,
  run,
  present,
}: {
  columns: readonly Column[];
  /** What every test’s name begins with. */
  suite: string;
  mutants: readonly WorkbenchMutant[];
  run: RunState;
  /** Whether a run was sent. */
  present: boolean;
}) {
  const bugs = columns.filter(({ group }) => group !== 'reference');
  return (
    <section className="wb-block" aria-labelledby="wb-bugs">
      <h3 id="wb-bugs">The bugs</h3>
      <ol className="wb-bugs">
        {bugs.map((column) => {
          const [killer, ...others] = run.verdict?.mutants.find(({ id }) => id === column.id)?.killedBy ?? [];
          return (
            <li key={column.id} className="wb-variant" data-testid={`bug-${column.id}`} data-result={column.result}>
              <h4>
                <span className="wb-code-name">{column.code}</span> {column.title}
                <span className="wb-state" data-result={column.result}>
                  {resultOf(column)}
                </span>
              </h4>
              {killer !== undefined && (
                <p className="wb-quiet">
                  Caught by “{killer.startsWith(suite) ? killer.slice(suite.length) : killer}”
                  {others.length > 0 && ` and ${counted(others.length, 'more test')}`}
                </p>
              )}
              {column.reason && (column.result !== 'killed' || column.error) && <p>{column.reason}</p>}
              <OutsideOfTests column={column} />
              {present && WITHOUT_WORDS.has(column.result) && <p className="wb-room" aria-hidden="true" />}
              {column.result === 'survived' && (
                <Hints bug={column.title} hints={mutants.find(({ id }) => id === column.id)?.hints ?? []} />
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

// A line is kept free for what will be said once it is known, so that the list does not jump.
const WITHOUT_WORDS = new Set<Column['result']>(['waiting', 'running']);

/** What a loading file or a hook threw, in full: a syntax error with its line and excerpt, say. */
function OutsideOfTests({ column: { error } }: { column: Column }) {
  if (!error) return null;
  return (
    <div className="wb-failed">
      <p className="wb-test-name">Outside of the tests</p>
      <ReportedError error={error} />
    </div>
  );
}

function Hints({ bug, hints }: { bug: string; hints: readonly string[] }) {
  const [shown, setShown] = useState(0);
  return (
    <div className="wb-hints">
      <ol aria-live="polite">
        {hints.slice(0, shown).map((hint) => (
          <li key={hint}>{hint}</li>
        ))}
      </ol>
      {shown < hints.length && (
        <button type="button" className="button" onClick={() => setShown(shown + 1)}>
          {shown === 0 ? 'Give me a hint' : 'Another hint'}
          <span className="visually-hidden"> for “{bug}”</span>
          <span className="wb-quiet">
            {shown + 1} of {hints.length}
          </span>
        </button>
      )}
    </div>
  );
}

function resultOf({ result }: Column): string {
  if (result === 'waiting') return '';
  return result === 'running' ? 'running' : inWords(result);
}
