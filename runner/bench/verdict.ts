/**
 * `npm run bench:verdict [-- RUNS]`: grades the solution of `user-repository` again and again, each time with warm pools,
 * and prints the median and range of each part of the time, in ms. `boot`, `database` and `tests` are sums over variants,
 * which run side by side. It starts at grading: the queue, the store and HTTP come on top.
 */
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { loadExercise } from '../../exercises/format.ts';
import { parseConfig } from '../config.ts';
import { startGrader } from '../grading/grader.ts';
import type { Timings } from '../protocol.ts';
import { processorTime } from './processor-time.ts';

const runs = Number(process.argv[2] ?? 5);
/** Long enough for a dozen spares to be made on two cores. */
const refillMs = 7_000;
const root = dirname(dirname(import.meta.dirname));

const exercise = await loadExercise(join(root, 'exercises'), 'user-repository');
const { solution, references, mutants } = exercise.languages.typescript;
await using grader = await startGrader(parseConfig(process.env), join(root, '.cache', 'clusters'));
const measured: (Timings & { processor: number; returned: number })[] = [];
for (let run = 1; run <= runs; run++) {
  await delay(refillMs);
  const before = processorTime();
  const now = Date.now();
  const { outcome, reason, timings } = await grader.grade({
    runId: `bench-${run}`,
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
  measured.push({ ...timings, processor: processorTime() - before, returned: Date.now() - now });
}
console.log(`${references.length + mutants.length} variants, ${runs} runs: median (lowest–highest) in ms`);
for (const part of ['firstTest', 'total', 'boot', 'database', 'tests', 'processor', 'returned'] as const) {
  const values = measured.map((timings) => timings[part] ?? 0).sort((one, other) => one - other);
  const median = values[Math.floor(values.length / 2)];
  console.log(`${part.padEnd(10)} ${median} (${values[0]}–${values.at(-1)})`);
}
