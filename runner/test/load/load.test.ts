import { expect, it } from 'vitest';
import { load } from './load.ts';

// How fast it is depends on the machine, and `npm run load` prints it; that nothing is lost does not.
it('under bursts, slow readers, storms and a flood no event is lost, no accepted run, and no answer is a 5xx', async () => {
  const { tally } = await load({ seconds: 3, learners: 16, workers: 8, queueMax: 40 });
  expect(tally.faults).toEqual([]);
  expect(tally.counts.get('submissions answered 202')).toBeGreaterThan(16);
}, 120_000);
