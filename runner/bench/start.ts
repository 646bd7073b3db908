import type { Figure, Part } from './figures.ts';
import { RunningService } from './service.ts';

/** A service with an empty store and no spare ready, its site built: what somebody sees who has just installed it. */
export const start: Part = async (rounds) => {
  const ready: number[] = [];
  const page: number[] = [];
  const verdict: number[] = [];
  const accepted: number[] = [];
  for (let round = 0; round < Math.min(rounds, 5); round++) {
    const began = performance.now();
    await using service = await RunningService.start();
    ready.push(performance.now() - began);
    const response = await fetch(service.address);
    await response.arrayBuffer();
    page.push(performance.now() - began);
    const before = performance.now() - began;
    const run = await service.submit();
    accepted.push(run.accepted);
    verdict.push(before + run.verdict);
  }
  const figures: Figure[] = [
    { what: 'ready, from a cold start', unit: 'ms', values: ready },
    { what: 'first page, from a cold start', unit: 'ms', values: page },
    { what: 'first submission accepted', unit: 'ms', values: accepted },
    { what: 'first verdict, from a cold start', unit: 'ms', values: verdict, target: 'at most 3000' },
  ];
  return { figures };
};
