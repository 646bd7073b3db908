/**
 * `npm run load -- --minutes 10 --learners 200 --workers 8`: hundreds of learners on one runner. Prints percentiles, how
 * memory went, and whether a learner's first run started in time beside somebody's fifty. Fails where an event was lost,
 * an accepted run did not end, an answer was a 5xx, or a first run came late.
 *
 * Grading is scripted, and takes 200 ms: this measures the service around it. `npm run soak` is for sandboxes.
 */
import { parseArgs } from 'node:util';
import { load } from './load.ts';

/** A first run must start so soon beside somebody's burst: it waits for one run to end, not for fifty. */
const firstRunTargetMs = 2_000;

/** What the heap may have grown by and still be noise: what is in the middle of being done, and caches that fill. */
const noiseMiB = 32;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    learners: { type: 'string', default: '200' },
    workers: { type: 'string', default: '8' },
  },
});
const [minutes, learners, workers] = [values.minutes, values.learners, values.workers].map(Number);
if (!minutes || !learners || !workers) {
  console.error('Give --minutes, --learners and --workers as numbers above 0, such as --minutes 3 --learners 200.');
  process.exit(2);
}
console.log(`${learners} learners, ${workers} workers, ${minutes} minutes.`);
const { atRest, memory, tally } = await load({ seconds: minutes * 60, learners, workers, queueMax: 200 });
console.log(`\n${tally.lines().join('\n')}\n\nmemory of the runner, MiB`);
for (const { atSeconds, heapMiB, residentMiB } of thinned(memory, 12)) {
  console.log(
    `  after ${String(atSeconds).padStart(5)} s   resident ${String(residentMiB).padStart(5)}   heap ${heapMiB}`,
  );
}
const late = tally.percentile('queue of a first run beside a burst', 0.95) ?? Number.POSITIVE_INFINITY;
console.log(
  `\nfairness: of 100 first runs beside a burst of 50, 95 started within ${Math.round(late)} ms (target ${firstRunTargetMs} ms)`,
);
if (late > firstRunTargetMs) tally.fault(`first runs beside a burst were late: ${Math.round(late)} ms`);
const { early, late: atLast } = atRest;
console.log(
  `memory: with all given back that can be, ${early.residentMiB} MiB resident and ${early.heapMiB} of heap after a tenth, ` +
    `${atLast.residentMiB} and ${atLast.heapMiB} at the end`,
);
if (atLast.heapMiB > early.heapMiB + noiseMiB)
  tally.fault(`the heap grew from ${early.heapMiB} to ${atLast.heapMiB} MiB`);
for (const fault of tally.faults.slice(0, 20)) console.log(`FAILED    ${fault}`);
console.log(tally.faults.length === 0 ? 'Held.' : `${tally.faults.length} faults.`);
process.exitCode = tally.faults.length === 0 ? 0 : 1;

function thinned<T>(items: readonly T[], most: number): T[] {
  const step = Math.max(1, Math.ceil(items.length / most));
  return items.filter((_, index) => index % step === 0 || index === items.length - 1);
}
