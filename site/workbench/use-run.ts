import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import type { Verdict } from '../../runner/protocol.ts';
import { isDone, setDone } from '../progress/progress.ts';
import type { Texts } from './drafts.ts';
import { type Connection, type EventStream, openEventStream } from './event-stream.ts';
import type { WorkbenchExercise } from './exercise-props.ts';
import { lostConnection, type ProblemReport } from './problem-report.ts';
import { cancelRun, RequestRefused, runExists, submitRun } from './run-client.ts';
import { emptyRun, type Frame, type RunState, runReducer } from './run-state.ts';
import { loadRun, type StoredRun, saveRun } from './stored-run.ts';

export type RunControl = {
  run: RunState;
  /** Whether there is anything to show: a run that was sent now, or one found again after a reload. */
  present: boolean;
  /** From the press on Run until the run has ended. */
  busy: boolean;
  cancelling: boolean;
  connection: Connection | null;
  problem: ProblemReport | null;
  /** What was sent with the run that is shown, from the press on Run on. */
  sent: Texts | null;
  /** The one test that it runs; null where it runs all. */
  only: string | null;
  /** `only` is a test’s full name. */
  start(files: Texts, only?: string): Promise<void>;
  /** Shows an earlier run as it was. */
  recall(id: string, files: Texts, only: string | null): void;
  cancel(): Promise<void>;
  reconnect(): void;
  dismiss(): void;
};

type Change = { kind: 'reset' } | { kind: 'frames'; frames: readonly Frame[] };
const change = (state: RunState, action: Change) =>
  action.kind === 'reset' ? emptyRun : action.frames.reduce(runReducer, state);

// Frames are taken in together, this often: a burst of output must not draw the page a thousand times.
const FLUSH_MS = 30;

/** One run at a time: sends it, follows it, takes it up again after a reload. Nothing starts by itself. */
export function useRun(exercise: WorkbenchExercise): RunControl {
  const [run, dispatch] = useReducer(change, emptyRun);
  const [current, setCurrent] = useState<StoredRun | null>(null);
  /** What is on its way to the runner, until it is accepted or refused. */
  const [submitting, setSubmitting] = useState<Pick<StoredRun, 'files' | 'only'> | null>(null);
  const [cancelling, setCancelling] = useState(false);
  const [connection, setConnection] = useState<Connection | null>(null);
  const [problem, setProblem] = useState<ProblemReport | null>(null);
  const stream = useRef<EventStream | null>(null);
  const turn = useRef(0);

  const follow = useCallback(
    (stored: StoredRun) => {
      stream.current?.close();
      dispatch({ kind: 'reset' });
      setCurrent(stored);
      let waiting: Frame[] = [];
      const mine = openEventStream({
        path: stored.events,
        exists: () => runExists(stored),
        onFrame(frame) {
          // An earlier run may be shown again: the day of the first pass stays.
          if (frame.type === 'verdict' && isPass(frame.verdict) && !isDone('exercise', exercise.slug)) {
            setDone('exercise', exercise.slug, true);
          }
          waiting.push(frame);
          if (waiting.length > 1) return;
          setTimeout(() => {
            const frames = waiting;
            waiting = [];
            if (stream.current === mine) dispatch({ kind: 'frames', frames });
          }, FLUSH_MS);
        },
        onConnection(next) {
          setConnection(next);
          if (next.state === 'lost') setProblem(lostConnection);
          if (next.state === 'gone') {
            saveRun(exercise, undefined);
            setProblem(goneRun);
          }
        },
      });
      stream.current = mine;
    },
    [exercise],
  );

  useEffect(() => {
    const stored = loadRun(exercise);
    const mine = turn.current;
    if (stored) {
      runExists(stored).then(
        (there) => {
          if (turn.current !== mine) return;
          if (there) follow(stored);
          else saveRun(exercise, undefined);
        },
        (error: unknown) => {
          if (turn.current === mine && error instanceof RequestRefused) setProblem(error.report);
        },
      );
    }
    return () => {
      turn.current += 1;
      stream.current?.close();
    };
  }, [exercise, follow]);

  const over = run.phase === 'finished' || connection?.state === 'gone';
  const busy = submitting !== null || (current !== null && !over);

  const start = async (files: Texts, only?: string) => {
    turn.current += 1;
    const mine = turn.current;
    setProblem(null);
    setSubmitting({ files, only });
    setCancelling(false);
    stream.current?.close();
    dispatch({ kind: 'reset' });
    setConnection(null);
    const previous = busy ? current : null;
    setCurrent(null);
    try {
      // The old run first, so that it does not hold the place of the new one. If it is gone already, so much the better.
      if (previous) await cancelRun(previous).catch(() => {});
      if (turn.current !== mine) return;
      const { slug, language } = exercise;
      const accepted = await submitRun({
        exercise: slug,
        language,
        files: { ...files },
        ...(only === undefined ? {} : { only }),
      });
      const stored = { ...accepted, files, only };
      if (turn.current !== mine) {
        await cancelRun(stored).catch(() => {});
        return;
      }
      saveRun(exercise, stored);
      follow(stored);
    } catch (error) {
      if (turn.current === mine) setProblem(reportOf(error));
    } finally {
      if (turn.current === mine) setSubmitting(null);
    }
  };

  const cancel = async () => {
    if (!current) {
      // Not accepted yet: the turn passes, and `start` cancels the run as soon as it has an id.
      turn.current += 1;
      setSubmitting(null);
      return;
    }
    setCancelling(true);
    try {
      await cancelRun(current);
    } catch (error) {
      setProblem(reportOf(error));
    } finally {
      setCancelling(false);
    }
  };

  return {
    run,
    present: submitting !== null || current !== null,
    busy,
    cancelling,
    connection,
    problem,
    sent: (current ?? submitting)?.files ?? null,
    only: (current ?? submitting)?.only ?? null,
    start,
    recall(id, files, only) {
      if (busy) return;
      turn.current += 1;
      setProblem(null);
      // A run that is on its way ends with its turn, and says no more that it does.
      setSubmitting(null);
      const stored = { id, events: `/api/runs/${id}/events`, key: '', files, only: only ?? undefined };
      saveRun(exercise, stored);
      follow(stored);
    },
    cancel,
    reconnect() {
      setProblem(null);
      stream.current?.retry();
    },
    dismiss: () => setProblem(null),
  };
}

const goneRun: ProblemReport = {
  title: 'This run is no longer on the runner',
  what: 'Its store was emptied, or the run belongs to another browser.',
  todo: 'Run again. Your edits are safe.',
  details: [],
  code: null,
};

function isPass({ outcome, partial }: Verdict): boolean {
  return outcome === 'passed' && !partial;
}

function reportOf(error: unknown): ProblemReport {
  if (error instanceof RequestRefused) return error.report;
  return {
    title: 'This page has a fault',
    what: error instanceof Error ? error.message : String(error),
    todo: 'Reload the page and run again. Your edits are kept in this browser.',
    details: [],
    code: null,
  };
}
