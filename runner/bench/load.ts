import { type Figure, type Part, percentile } from './figures.ts';
import { RunningService } from './service.ts';

const secondsEach = 30;

/** 1, 2, 4, 8 and 16 learners, each of whom submits again as soon as they have a verdict; a failed run ends the bench. */
export const load: Part = async () => {
  await using service = await RunningService.start();
  await service.submit();
  const figures: Figure[] = [];
  for (const learners of [1, 2, 4, 8, 16]) {
    const runs: { accepted: number; firstTest: number; verdict: number }[] = [];
    const began = performance.now();
    await Promise.all(
      Array.from({ length: learners }, async () => {
        do runs.push(await service.submit());
        while (performance.now() - began < secondsEach * 1000);
      }),
    );
    const minutes = (performance.now() - began) / 60_000;
    const verdicts = runs.map(({ verdict }) => verdict);
    figures.push(
      {
        what: `${learners} at once: verdicts a minute`,
        unit: '',
        values: [runs.length / minutes],
        target: 'at least 100',
      },
      { what: `${learners} at once: to the verdict`, unit: 'ms', values: verdicts },
      { what: `${learners} at once: to the verdict, 95 of 100`, unit: 'ms', values: [percentile(verdicts, 95)] },
      {
        what: `${learners} at once: to the first test result`,
        unit: 'ms',
        values: runs.map(({ firstTest }) => firstTest),
      },
      { what: `${learners} at once: accepted`, unit: 'ms', values: runs.map(({ accepted }) => accepted) },
    );
  }
  return { figures };
};
