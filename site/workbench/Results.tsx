import { useMemo } from 'react';
import type { DockerComparison } from '../../runner/protocol.ts';
import { BugList } from './BugList.tsx';
import { CheckList } from './CheckList.tsx';
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
import { RuleList } from './RuleList.tsx';
import { hiddenToCome, namesIn, namesToCome } from './reserved-rows.ts';
import type { RunState } from './run-state.ts';
import { TracePanel } from './TracePanel.tsx';
import type { RunControl } from './use-run.ts';
import { WhatWasShown } from './WhatWasShown.tsx';
import { WorthOfTests } from './WorthOfTests.tsx';

type Props = {
  exercise: WorkbenchExercise;
  control: RunControl;
  /** What the runner's own benchmark measured, if it was run. */
  docker: DockerComparison | undefined;
  changedSince: boolean;
  /** Runs one test alone, by its full name. */
  onRunTest(name: string): void;
};

/** Everything that a run shows, from the headline to the receipt. */
export function Results({ exercise, control, docker, changedSince, onRunTest }: Props) {
  const { run, present, problem, connection, sent, only } = control;
  const toCome = useRoom(exercise, control);
  const matrix = useMemo(() => matrixOf(exercise, run, toCome), [exercise, run, toCome]);
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
            {exercise.kind === 'write-code'
              ? 'Press Run. Hidden tests then try your code: each becomes a row here, each promise that they check a column.'
              : 'Press Run. Each of your tests then becomes a row here, each implementation a column.'}
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
        {changedSince && (
          <p className="wb-note">
            You have changed the {exercise.kind === 'write-code' ? 'code' : 'tests'} since this run.
          </p>
        )}
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
      <KillMatrix kind={exercise.kind} matrix={matrix} placeholder={placeholderOf(run)} onRunTest={onRunTest} />
      {verdict && verdict.outcome === 'passed' && !verdict.partial && (
        <WhatWasShown exercise={exercise} verdict={verdict}>
          {exercise.kind !== 'write-code' && <WorthOfTests verdict={verdict} tests={run.tests} suite={matrix.suite} />}
        </WhatWasShown>
      )}
      <FailingReferences kind={exercise.kind} columns={matrix.columns} anyTest={run.tests.length > 0} />
      <RuleList exercise={exercise} columns={matrix.columns} />
      <CheckList exercise={exercise} columns={matrix.columns} present={present} />
      <BugList exercise={exercise} columns={matrix.columns} suite={matrix.suite} run={run} present={present} />
      <TracePanel columns={matrix.columns} suite={matrix.suite} />
      <OutputPanel columns={matrix.columns} />
      {verdict && (
        <Receipt
          kind={exercise.kind}
          timings={verdict.timings}
          columns={matrix.columns}
          suite={matrix.suite}
          docker={run.engine?.backend === 'docker' ? undefined : docker}
        />
      )}
      {run.engine && (
        <p className="wb-quiet">
          Vitest {run.engine.vitest} on Node {run.engine.node}, each variant in a sandbox of its own
          {servicesOf(run.engine)}.
        </p>
      )}
    </>
  );
}

/** Names that rows are kept free for. A run of one test keeps none. */
function useRoom({ kind, checks }: WorkbenchExercise, { run, sent, only }: RunControl): string[] {
  const names = useMemo(
    () => (sent && only === null && kind !== 'write-code' ? namesIn(sent) : []),
    [sent, only, kind],
  );
  const hidden = sent && only === null ? checks.reduce((sum, { tests }) => sum + tests, 0) : 0;
  return useMemo(() => [...namesToCome(names, run), ...hiddenToCome(hidden, run)], [names, hidden, run]);
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
