/**
 * From grading to verdict, without queue, store and HTTP, which `load.ts` and `start.ts` measure with the rest. `boot`,
 * `database` and `tests` are sums over variants, which run side by side.
 */

import { BenchGrader, graded, type Measured } from './bench-grader.ts';
import type { Figure, Part } from './figures.ts';

export const verdict: Part = async (rounds) => {
  const warm = await measure('warm', rounds);
  const cold = await measure('cold', Math.min(rounds, 5));
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
    remarks: [`${graded.variants.length} variants`],
  };
};

async function measure(manner: 'warm' | 'cold', rounds: number): Promise<Measured[]> {
  await using grader = await BenchGrader.start(manner);
  const measured: Measured[] = [];
  for (let round = 0; round < rounds; round++) measured.push(await grader.verdict());
  return measured;
}
