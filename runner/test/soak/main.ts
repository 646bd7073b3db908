/**
 * `npm run soak -- --minutes 60`: submissions four at a time for as long as you like, every other one hostile, through the
 * real grader with its warm pools. At the end everything must be as it was after the warm-up: memory, processes, mounts,
 * descriptors, control groups, files. Prints both, and fails where something grew or an honest run did not pass.
 */
import { mkdir, mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadExercise } from '../../../exercises/format.ts';
import { parseConfig } from '../../config.ts';
import { startGrader } from '../../grading/grader.ts';
import { closeInherited } from '../../sandbox/index.ts';
import { complaints, honestFiles, smallestOf, submit } from '../hostile/attempt.ts';
import { type HostileCase, loadCorpus } from '../hostile/corpus.ts';
import { HostUnderWatch, holdings, leftovers } from '../hostile/host.ts';

const together = 4;
const spares = 2;
/**
 * Shorter than the defaults, so that an hour holds many; honest runs need a tenth of it on a machine of their own. What the
 * environment sets goes before: VARIANT_WALL_MS=60000 RUN_WALL_MS=180000 where others keep the
 * processor busy.
 */
const limits: Record<string, string | undefined> = {
  VARIANT_WALL_MS: '15000',
  RUN_WALL_MS: '60000',
  MEMORY_MIB: '512',
  PROCESSES: '128',
  FILES: '256',
  FILE_SIZE_MIB: '16',
  TMPFS_MIB: '64',
  OUTPUT_KIB: '256',
  WARM_SANDBOXES: String(spares),
};
for (const name of Object.keys(limits)) if (name !== 'WARM_SANDBOXES') limits[name] = process.env[name] || limits[name];
/** How often the course of the memory is printed, in milliseconds. */
const courseMs = 60_000;
/** What the heap may have grown by and still be noise: compiled code and caches of a process that has seen more. */
const noiseMiB = 48;

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '60' } } });
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  console.error('Give --minutes as a number above 0, such as --minutes 10.');
  process.exit(2);
}
closeInherited();
const root = dirname(dirname(dirname(import.meta.dirname)));
const folder = await mkdtemp(join(tmpdir(), 'boundary-soak-'));
const cache = join(folder, 'cache');
// All that is put into the temporary folder from here on is ours, and is counted.
const temporary = join(folder, 'tmp');
await Promise.all([mkdir(cache), mkdir(temporary)]);
process.env.TMPDIR = temporary;
const exercise = smallestOf(await loadExercise(join(root, 'exercises'), 'user-repository'));
const [testFile = ''] = Object.keys(honestFiles(exercise));
const faults: string[] = [];
const honestMs: number[] = [];
const outcomes = new Map<string, number>();

await soak();
await rm(folder, { recursive: true });
for (const fault of faults.slice(0, 30)) console.log(`FAILED    ${fault}`);
console.log(faults.length === 0 ? 'Everything is as it was.' : `${faults.length} faults.`);
process.exitCode = faults.length === 0 ? 0 : 1;

async function soak(): Promise<void> {
  await using host = await HostUnderWatch.open();
  await using grader = await startGrader(parseConfig(limits), cache);
  const { containment, notices, ready } = grader.readiness;
  if (!ready) throw new Error(notices.join(' '));
  const corpus = (await loadCorpus(join(import.meta.dirname, '..', 'hostile', 'cases'), host.bait)).filter(
    ({ needsGroups }) => !(needsGroups && containment === 'rlimits'),
  );

  const honest = async () => {
    const { ms, verdict } = await submit(grader, exercise, honestFiles(exercise));
    honestMs.push(ms);
    if (verdict.outcome === 'passed') return;
    const ends = [...verdict.references, ...verdict.mutants].map(({ outcome, reason = '' }) => `${outcome} ${reason}`);
    faults.push(`an honest run ended as ${verdict.outcome}: ${verdict.reason} (${ends.join(', ')})`);
  };
  const hostile = async (one: HostileCase) => {
    const attempt = await submit(grader, exercise, { [testFile]: one.source });
    const outcome = attempt.verdict.references[0]?.outcome ?? 'none';
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    const harm = [
      ...complaints(one, attempt).filter((line) => /^(it passed|LEAK)/.test(line)),
      ...host.harm(attempt.said),
    ];
    faults.push(...harm.map((line) => `${one.name}: ${line}`));
  };

  // The first runs make what is kept: compiled code, ready-made clusters, the warm pools.
  for (let index = 0; index < together; index++) await honest();
  const rested = () => Object.values(grader.spares()).every((count) => count === spares);
  const before = await measure(rested);
  const until = Date.now() + minutes * 60_000;
  let next = 0;
  const began = Date.now();
  const watch = setInterval(
    () => console.log(courseOf((Date.now() - began) / 60_000, honestMs.length + next)),
    courseMs,
  );
  await Promise.all(
    Array.from({ length: together }, async (_, lane) => {
      for (let turn = lane; Date.now() < until; turn++) {
        const one = corpus[next % corpus.length];
        try {
          if (turn % 2 === 0 || one === undefined) await honest();
          else {
            next++;
            await hostile(one);
          }
        } catch (error) {
          faults.push(`the runner failed at ${one?.name}: ${(error as Error).message}`);
        }
      }
    }),
  );
  clearInterval(watch);
  const after = await measure(rested);
  report(before, after, next);
  faults.push(...(await leftovers(before.holdings)));
  if (after.heapMiB - before.heapMiB > noiseMiB) faults.push(`the heap grew by ${after.heapMiB - before.heapMiB} MiB`);
  if (after.files > before.files) faults.push(`${after.files - before.files} files more in the temporary folder`);
}

/** One line of how the memory of the process goes, in MiB: what only ever grows is seen long before the end. */
function courseOf(atMinutes: number, runs: number): string {
  const { rss, heapTotal, heapUsed, external, arrayBuffers } = process.memoryUsage();
  const sizes = { resident: rss, heap: heapTotal, used: heapUsed, external, buffers: arrayBuffers };
  const told = Object.entries(sizes).map(([name, bytes]) => `${name} ${Math.round(bytes / 2 ** 20)}`);
  return `after ${atMinutes.toFixed(1)} min, ${runs} runs: ${told.join(', ')} MiB`;
}

type Measured = Awaited<ReturnType<typeof measure>>;

/** Once the pools are as full as they were: what the process and the machine hold. */
async function measure(rested: () => boolean) {
  for (let waited = 0; waited < 120 && !rested(); waited++) await new Promise((resolve) => setTimeout(resolve, 500));
  // V8 keeps pages that it emptied, for as long as memory is plenty: a collection of last resort hands them back.
  for (let round = 0; round < 3; round++) globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  const { heapTotal, heapUsed, rss } = process.memoryUsage();
  const { bavail, bsize } = await statfs(root);
  return {
    holdings: holdings(),
    heapMiB: Math.round(heapUsed / 2 ** 20),
    heapHeldMiB: Math.round(heapTotal / 2 ** 20),
    residentMiB: Math.round(rss / 2 ** 20),
    files: (await readdir(temporary, { recursive: true })).length,
    cached: (await readdir(cache)).length,
    diskFreeMiB: Math.round((bavail * bsize) / 2 ** 20),
  };
}

function report(before: Measured, after: Measured, hostileRuns: number): void {
  const rows: [string, number, number][] = [
    ['heap, MiB', before.heapMiB, after.heapMiB],
    ['heap held, MiB', before.heapHeldMiB, after.heapHeldMiB],
    ['resident memory, MiB', before.residentMiB, after.residentMiB],
    ['temporary files', before.files, after.files],
    ['ready-made clusters', before.cached, after.cached],
    ['disk free, MiB', before.diskFreeMiB, after.diskFreeMiB],
    ...(Object.keys(before.holdings) as (keyof Measured['holdings'])[]).map((name): [string, number, number] => [
      name,
      before.holdings[name].length,
      after.holdings[name].length,
    ]),
  ];
  honestMs.sort((one, other) => one - other);
  const at = (share: number) => `${((honestMs[Math.floor(share * (honestMs.length - 1))] ?? 0) / 1000).toFixed(1)} s`;
  console.log(
    `${minutes} minutes, ${honestMs.length} honest runs (median ${at(0.5)}, slowest ${at(1)}) and ${hostileRuns} hostile ones.`,
  );
  console.log(`Hostile runs ended as ${[...outcomes].map(([outcome, count]) => `${outcome} ${count}`).join(', ')}.\n`);
  console.log(`${''.padEnd(24)}${'before'.padStart(10)}${'after'.padStart(10)}`);
  for (const [name, one, other] of rows)
    console.log(`${name.padEnd(24)}${String(one).padStart(10)}${String(other).padStart(10)}`);
}
