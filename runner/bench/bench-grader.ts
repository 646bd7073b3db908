import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { loadExercise } from '../../exercises/format.ts';
import { parseConfig } from '../config.ts';
import type { Grader } from '../grading/contract.ts';
import { startGrader } from '../grading/grader.ts';
import type { Timings } from '../protocol.ts';
import { processorTime } from './processor-time.ts';

const root = dirname(dirname(import.meta.dirname));
const exercise = await loadExercise(join(root, 'exercises'), 'user-repository');
const { solution, references, mutants } = exercise.languages.typescript;

/** What is graded: the exercise, its solution, and every variant that the solution is held against. */
export const graded = { slug: exercise.slug, solution, references, mutants, variants: [...references, ...mutants] };

/** In ms; `processor` is what the whole of it cost, the runner's own share included. */
export type Measured = Timings & { processor: number };

/** Grading alone, without queue, store and HTTP, with as many spares as there are variants, or with none. */
export class BenchGrader implements AsyncDisposable {
  readonly #grader: Grader;
  readonly #spares: number;

  private constructor(grader: Grader, spares: number) {
    this.#grader = grader;
    this.#spares = spares;
  }

  static async start(manner: 'warm' | 'cold'): Promise<BenchGrader> {
    const spares = manner === 'warm' ? graded.variants.length : 0;
    const config = parseConfig({ ...process.env, WARM_SANDBOXES: String(spares) });
    const grader = await startGrader(config, join(root, '.cache', 'clusters'));
    if (!grader.readiness.ready) throw new Error(grader.readiness.notices.join(' '));
    const started = new BenchGrader(grader, spares);
    // The first one compiles the runner's own code, and is not counted.
    await started.verdict();
    return started;
  }

  /** Waits until the pools are full, or clearly do not get there: nothing is under way then. */
  async filled(): Promise<void> {
    const until = Date.now() + 60_000;
    while (Object.values(this.#grader.spares()).some((spares) => spares < this.#spares) && Date.now() < until) {
      await delay(20);
    }
  }

  /** Grades the solution with full pools. */
  async verdict(): Promise<Measured> {
    await this.filled();
    const before = processorTime();
    const now = Date.now();
    const { outcome, reason, timings } = await this.#grader.grade({
      runId: 'bench',
      attempt: 1,
      exercise,
      language: 'typescript',
      files: solution,
      acceptedAt: now,
      startedAt: now,
      signal: new AbortController().signal,
      emit: () => undefined,
    });
    if (outcome !== 'passed') throw new Error(`The solution did not pass: ${reason}`);
    return { ...timings, processor: processorTime() - before };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#grader[Symbol.asyncDispose]();
  }
}
