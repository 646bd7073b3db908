/**
 * `npm run test:hostile [-- NAME]`: every hostile submission of the corpus, first one after another, each followed by an
 * honest one that must pass, then several at once beside honest ones. Each must end as its header says, reach nothing of
 * the host, and leave nothing behind. A name, such as `cpu` or `gateway/privileged`, runs what begins with it.
 *
 * On a machine that is emulated, SLOWNESS=10 gives every limit of time tenfold. Several at once are left out then: their
 * sandboxes would not be ready in the time that the runner gives them.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pLimit from 'p-limit';
import { loadExercise } from '../../../exercises/format.ts';
import { parseConfig } from '../../config.ts';
import { startGrader } from '../../grading/grader.ts';
import type { Verdict } from '../../protocol.ts';
import { closeInherited } from '../../sandbox/index.ts';
import { complaints, honestFiles, smallestOf, submit } from './attempt.ts';
import { type HostileCase, loadCorpus } from './corpus.ts';
import { HostUnderWatch, holdings, leftovers } from './host.ts';
import { type Ending, Patience } from './patience.ts';

const limits = {
  MEMORY_MIB: '512',
  PROCESSES: '128',
  FILES: '256',
  FILE_SIZE_MIB: '16',
  TMPFS_MIB: '64',
  OUTPUT_KIB: '256',
  WARM_SANDBOXES: '0',
};
const slowness = Number(process.env.SLOWNESS ?? 1);
/** For cases that may end by their time: nobody wants to wait for them. */
const brief = limitsOfTime({ VARIANT_WALL_MS: 7000, RUN_WALL_MS: 40_000, CPU_SECONDS: 10 });
/** For honest runs and all other cases: none is to come near a limit of time, however busy the machine is. */
const ample = limitsOfTime({ VARIANT_WALL_MS: 90_000, RUN_WALL_MS: 180_000, CPU_SECONDS: 90 });
const together = 4;

closeInherited();
const wanted = process.argv[2] ?? '';
const root = dirname(dirname(dirname(import.meta.dirname)));
const cache = await mkdtemp(join(tmpdir(), 'boundary-hostile-'));
const exercise = smallestOf(await loadExercise(join(root, 'exercises'), 'user-repository'));
const [testFile = ''] = Object.keys(honestFiles(exercise));
await using host = await HostUnderWatch.open();
await using hasty = await startGrader(parseConfig(brief), cache);
await using patient = await startGrader(parseConfig(ample), cache);
const { containment, notices, ready } = patient.readiness;
const chosen = (await loadCorpus(join(import.meta.dirname, 'cases'), host.bait)).filter(({ name }) =>
  name.startsWith(wanted),
);
const corpus = chosen.filter(({ needsGroups }) => ready && !(needsGroups && containment === 'rlimits'));
const failures: string[] = [];
const honestMs: number[] = [];
const patience = new Patience(report);
let contained = 0;

if (ready) await everything();
await rm(cache, { recursive: true });
honestMs.sort((one, other) => one - other);
const skipped = chosen.length - corpus.length;
console.log(`
An honest run took ${seconds(honestMs[Math.floor(honestMs.length / 2)] ?? 0)}, the slowest ${seconds(honestMs.at(-1) ?? 0)}, among ${honestMs.length}.`);
for (const line of patience.unsteady) console.log(`UNSTEADY  ${line} (tried again)`);
if (skipped > 0) console.log(`SKIPPED   ${skipped} cases need what is not here. ${notices.join(' ')}`);
for (const line of failures) console.log(`FAILED    ${line}`);
console.log(`${contained} contained of ${contained + failures.length}
${contained} passed, ${failures.length} failed, ${skipped} skipped`);
process.exitCode = failures.length === 0 ? 0 : 1;

function limitsOfTime(times: Record<string, number>): Record<string, string> {
  return {
    ...limits,
    ...Object.fromEntries(Object.entries(times).map(([name, time]) => [name, String(time * slowness)])),
  };
}

async function everything(): Promise<void> {
  await honest('before the first');
  const before = holdings();
  console.log(`One after another (${containment}):`);
  for (const one of corpus) {
    await patience.examine(one.name, async () => [
      ...(await attack(one)),
      ...(await leftovers(before)),
      ...(await honest('right after')),
    ]);
  }
  if (slowness > 1) return patience.settle();
  console.log(`\n${together} at once, an honest one beside each:`);
  const lanes = pLimit(together);
  const firstOfEachGroup = Object.values(Object.groupBy(corpus, ({ group }) => group)).flatMap(
    (group) => group?.slice(0, 3) ?? [],
  );
  await Promise.all(
    firstOfEachGroup.map((one) =>
      lanes(() =>
        patience.examine(`together/${one.name}`, async () =>
          (await Promise.all([attack(one), honest('beside it')])).flat(),
        ),
      ),
    ),
  );
  await patience.settle();
  await patience.examine('together/afterwards', () => leftovers(before));
}

/** Runs one case; what it got said is looked through for what it should not know. */
async function attack(one: HostileCase): Promise<string[]> {
  const grader = one.outcomes.includes('timed-out') ? hasty : patient;
  try {
    const attempt = await submit(grader, exercise, { [testFile]: one.source });
    return [...complaints(one, attempt), ...host.harm(attempt.said)];
  } catch (error) {
    return [`the runner failed: ${(error as Error).message}`];
  }
}

async function honest(when: string): Promise<string[]> {
  let verdict: Verdict;
  try {
    const attempt = await submit(patient, exercise, honestFiles(exercise));
    verdict = attempt.verdict;
    honestMs.push(attempt.ms);
  } catch (error) {
    return [`an honest run ${when} was not graded, the runner failed: ${(error as Error).message}`];
  }
  if (verdict.outcome === 'passed') return [];
  const ends = [...verdict.references, ...verdict.mutants].map(({ outcome, reason = '' }) => `${outcome} ${reason}`);
  return [`an honest run ${when} ended as ${verdict.outcome}: ${verdict.reason} (${ends.join(', ')})`];
}

function report({ name, found, ms }: Ending): void {
  if (found.length === 0) contained++;
  else failures.push(`${name}: ${found.join('; ')}`);
  console.log(`${found.length === 0 ? 'contained' : 'NOT      '} ${name.padEnd(44)} ${seconds(ms).padStart(7)}`);
  for (const line of found) console.log(`          ${line}`);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
