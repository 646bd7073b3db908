/** The seam between a run's life (`runs/`) and its grading: what a job holds and what a grader promises. */
import type { ExerciseDefinition } from '../../exercises/format.ts';
import type { EventBody, Language, Readiness, Verdict } from '../protocol.ts';

/** One submission to grade. `emit` takes every event from `started` up to, not including, `verdict`. */
export type GradeJob = {
  runId: string;
  attempt: number;
  exercise: ExerciseDefinition;
  language: Language;
  files: Readonly<Record<string, string>>;
  only?: string;
  /** Date.now() when the run was accepted and when a worker took it up. */
  acceptedAt: number;
  startedAt: number;
  /** Aborted when the learner cancels or the runner shuts down; the verdict is then `cancelled`. */
  signal: AbortSignal;
  emit(event: EventBody): void;
};

/** Grades submissions. `grade` rejects only for faults of the runner; every fault of a learner is a verdict. */
export interface Grader extends AsyncDisposable {
  readonly readiness: Readiness;
  grade(job: GradeJob): Promise<Verdict>;
  /** What is kept ready so that a run need not wait for it: how many of each kind. */
  spares(): Readonly<Record<string, number>>;
}
