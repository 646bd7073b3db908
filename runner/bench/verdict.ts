/**
 * From grading to verdict, without queue, store and HTTP, which `load.ts` and `start.ts` measure with the rest. `boot`,
 * `database` and `tests` are sums over variants, which run side by side.
 */
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { loadExercise } from '../../exercises/format.ts';
import { parseConfig } from '../config.ts';
import type { Grader } from '../grading/contract.ts';
import { startGrader } from '../grading/grader.ts';
import type { Timings } from '../protocol.ts';
import type { Figure, Part } from './figures.ts';
import { processorTime } from './processor-time.ts';

const root = dirname(dirname(import.meta.dirname));
const clusters = join(root, '.cache', 'clusters');
const exercise = await loadExercise(join(root, 'exercises'), 'user-repository');
const { solution, references, mutants } = exercise.languages.typescript;
const variants = references.length + mutants.length;

type Measured = Timings & { processor: number };

export const verdict: Part = async (rounds) => {
  const enough = { ...process.env, WARM_SANDBOXES: String(variants) };
  const warm = await measure(enough, rounds);
  const cold = await measure({ ...process.env, WARM_SANDBOXES: '0' }, Math.min(rounds, 5));
  const of = (runs: readonly Measured[], what: string, part: keyof Measured, target?: string): Figure => ({
    what,
    unit: 'ms',
    values: runs.map((run) => run[part] ?? 0),
    ...(target ? { target } : {}),
  });
  return {
    figures: [
      of(warm, 'verdict, warm', 'total', 'at most 800'),
      of(warm, 'first test result, warm', 'firstTest', 'at most 250'),
      of(warm, 'processor time to the verdict, warm', 'processor'),
      of(warm, 'loading, summed over variants', 'boot'),
      of(warm, 'start of containers, summed', 'database'),
      of(warm, 'tests and migrations, summed', 'tests'),
      of(cold, 'verdict, cold', 'total'),
      of(cold, 'processor time to the verdict, cold', 'processor'),
    ],
    remarks: [`${variants} variants`],
  };
};

async function measure(env: NodeJS.ProcessEnv, rounds: number): Promise<Measured[]> {
  const config = parseConfig(env);
  await using grader = await startGrader(config, clusters);
  if (!grader.readiness.ready) throw new Error(grader.readiness.notices.join(' '));
  const measured: Measured[] = [];
  // The first one compiles the runner's own code, and is not counted.
  for (let round = -1; round < rounds; round++) {
    await filled(grader, config.warmSandboxes);
    const before = processorTime();
    const timings = await grade(grader);
    if (round >= 0) measured.push({ ...timings, processor: processorTime() - before });
  }
  return measured;
}

/** Until the pools are full, or clearly do not get there. */
async function filled(grader: Grader, size: number): Promise<void> {
  const until = Date.now() + 60_000;
  while (Object.values(grader.spares()).some((spares) => spares < size) && Date.now() < until) await delay(20);
}

async function grade(grader: Grader): Promise<Timings> {
  const now = Date.now();
  const { outcome, reason, timings } = await grader.grade({
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
  return timings;
}
