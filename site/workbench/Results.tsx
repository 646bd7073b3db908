import { useMemo } from 'react';
import { BugList } from './BugList.tsx';
import { Elapsed } from './Elapsed.tsx';
import type { WorkbenchExercise } from './exercise-props.ts';
import { FailingReferences } from './FailingReferences.tsx';
import { KillMatrix } from './KillMatrix.tsx';
import { LimitMet } from './LimitMet.tsx';
import { matrixOf } from './matrix.ts';
import { OutputPanel } from './OutputPanel.tsx';
import { ProblemPanel } from './ProblemPanel.tsx';
import { progressOf } from './progress.ts';
import { Receipt } from './Receipt.tsx';
import { namesIn, namesToCome } from './reserved-rows.ts';
import type { RunState } from './run-state.ts';
import { TracePanel } from './TracePanel.tsx';
import type { RunControl } from './use-run.ts';
import { WhatWasShown } from './WhatWasShown.tsx';

type Props = {
  exercise: WorkbenchExercise;
  control: RunControl;
  changedSince: boolean;
  /** Runs one test alone, by its full name. */
  onRunTest(name: string): void;
};

/** Everything that a run shows, from the headline to the receipt. */
export function Results({ exercise, control, changedSince, onRunTest }: Props) {
  const { run, present, problem, connection, sent, only } = control;
  const names = useMemo(() => (sent && only === null ? namesIn(sent) : []), [sent, only]);
  const matrix = useMemo(() => matrixOf(exercise, run, namesToCome(names, run)), [exercise, run, names]);
  const { verdict } = run;
  return (
    <>
      <div
        className="wb-headline"
        data-present={present || undefined}
        data-outcome={run.outcome ?? undefined}
        data-testid="headline"
      >
        <h2>
          {present ? progressOf(run, only) : problem ? 'Nothing was run' : 'Nothing has run yet'}{' '}
          {present && <Elapsed run={run} />}
        </h2>
        {!present && !problem && (
          <p className="wb-quiet">
            Press Run. Each of your tests then becomes a row here, each implementation a column.
          </p>
        )}
        {run.phase === 'finished' && <p>{verdict?.reason ?? run.reason ?? UNEXPLAINED}</p>}
        {present && only !== null && (
          <p className="wb-quiet">
            Only “{only}” {run.phase === 'finished' ? 'ran' : 'runs'}. Such a run never passes the exercise: that takes
            all tests.
          </p>
        )}
        <LimitMet run={run} sent={sent} />
        {changedSince && <p className="wb-note">You have changed the tests since this run.</p>}
        {connection?.state === 'reconnecting' && run.phase !== 'finished' && (
          <p className="wb-note" role="status">
            The connection dropped. Reconnecting (attempt {connection.attempt}); nothing is lost.
          </p>
        )}
      </div>
      {problem && (
        <ProblemPanel
          problem={problem}
          connection={connection}
          onReconnect={control.reconnect}
          onDismiss={control.dismiss}
        />
      )}
      <KillMatrix matrix={matrix} placeholder={placeholderOf(run)} onRunTest={onRunTest} />
      {verdict && verdict.outcome === 'passed' && !verdict.partial && (
        <WhatWasShown exercise={exercise} verdict={verdict} tests={run.tests} suite={matrix.suite} />
      )}
      <FailingReferences columns={matrix.columns} anyTest={run.tests.length > 0} />
      <BugList exercise={exercise} columns={matrix.columns} suite={matrix.suite} run={run} present={present} />
      <TracePanel columns={matrix.columns} suite={matrix.suite} />
      <OutputPanel columns={matrix.columns} />
      {verdict && <Receipt timings={verdict.timings} columns={matrix.columns} suite={matrix.suite} />}
      {run.engine && (
        <p className="wb-note">
          Vitest {run.engine.vitest} on Node {run.engine.node}, each variant in a sandbox of its own
          {servicesOf(run.engine)}.
        </p>
      )}
    </>
  );
}

const UNEXPLAINED = 'The runner gave no reason. Run again; if it happens twice, the runner’s log says more.';

/** What containers are, where Docker has a part in it. */
function servicesOf({ backend, docker }: NonNullable<RunState['engine']>): string {
  if (docker === undefined) return '';
  return backend === 'docker' ? `, containers by ${docker}` : `, images that it does not offer by ${docker}`;
}

/** What stands in the matrix while it has no rows. */
function placeholderOf({ phase, variants }: RunState): string {
  if (phase === 'finished') return 'No test reported';
  return variants.length > 0 ? 'No test has reported yet' : 'One row for each test';
}
