/**
 * `npm run test:hostile [-- NAME]`: every hostile submission of the corpus, first one after another, each followed by an
 * honest one that must pass, then several at once beside honest ones. Each must end as its header says, reach nothing of
 * the host, and leave nothing behind. A name, such as `cpu` or `gateway/privileged`, runs what begins with it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pLimit from 'p-limit';
import { loadExercise } from '../../../exercises/format.ts';
import { parseConfig } from '../../config.ts';
import { startGrader } from '../../grading/grader.ts';
import { complaints, honestFiles, smallestOf, submit } from './attempt.ts';
import { type HostileCase, loadCorpus } from './corpus.ts';
import { HostUnderWatch, holdings, leftovers } from './host.ts';

const limits = {
  VARIANT_WALL_MS: '9000',
  RUN_WALL_MS: '40000',
  CPU_SECONDS: '10',
  MEMORY_MIB: '512',
  PROCESSES: '128',
  FILES: '256',
  FILE_SIZE_MIB: '16',
  TMPFS_MIB: '64',
  OUTPUT_KIB: '256',
  WARM_SANDBOXES: '0',
};
const together = 4;

const wanted = process.argv[2] ?? '';
const root = dirname(dirname(dirname(import.meta.dirname)));
const cache = await mkdtemp(join(tmpdir(), 'boundary-hostile-'));
const exercise = smallestOf(await loadExercise(join(root, 'exercises'), 'user-repository'));
const [testFile = ''] = Object.keys(honestFiles(exercise));
await using host = await HostUnderWatch.open();
await using grader = await startGrader(parseConfig(limits), cache);
if (!grader.readiness.ready) throw new Error(grader.readiness.notices.join(' '));
const corpus = (await loadCorpus(join(import.meta.dirname, 'cases'), host.bait)).filter(({ name }) =>
  name.startsWith(wanted),
);
const failures = new Map<string, string[]>();
const honestMs: number[] = [];

await honest('before the first');
const before = holdings();
console.log(`One after another (${grader.readiness.containment}):`);
for (const one of corpus) {
  const began = performance.now();
  const found = await twiceIfLate(one.name, async () => [
    ...(await attack(one)),
    ...(await leftovers(before)),
    ...(await honest('right after')),
  ]);
  report(one.name, found, performance.now() - began);
}
console.log(`\n${together} at once, an honest one beside each:`);
const lanes = pLimit(together);
const firstOfEachGroup = Object.values(Object.groupBy(corpus, ({ group }) => group)).flatMap(
  (group) => group?.slice(0, 3) ?? [],
);
await Promise.all(
  firstOfEachGroup.map((one) =>
    lanes(async () => {
      const began = performance.now();
      const found = await twiceIfLate(one.name, async () =>
        (await Promise.all([attack(one), honest('beside it')])).flat(),
      );
      report(`together/${one.name}`, found, performance.now() - began);
    }),
  ),
);
report('together/afterwards', await leftovers(before), 0);
await rm(cache, { recursive: true });

const total = corpus.length + firstOfEachGroup.length + 1;
honestMs.sort((one, other) => one - other);
console.log(`
An honest run took ${seconds(honestMs[Math.floor(honestMs.length / 2)] ?? 0)}, the slowest ${seconds(honestMs.at(-1) ?? 0)}, among ${honestMs.length}.
${total - failures.size} contained of ${total}
${total - failures.size} passed, ${failures.size} failed`);
process.exitCode = failures.size === 0 ? 0 : 1;

/**
 * Tries again where nothing was wrong but how a run ended: on a busy machine another limit than the usual one can come
 * first, and an honest run can be late. What was reached, changed, printed or left over is never forgiven.
 */
async function twiceIfLate(name: string, attempt: () => Promise<string[]>): Promise<string[]> {
  const found = await attempt();
  if (found.length === 0 || !found.every((line) => /^(ended as|explained as|failed with|an honest run)/.test(line))) {
    return found;
  }
  console.log(`UNSTEADY  ${name}: ${found.join('; ')}`);
  return attempt();
}

/** Runs one case; what it got said is looked through for what it should not know. */
async function attack(one: HostileCase): Promise<string[]> {
  try {
    const attempt = await submit(grader, exercise, { [testFile]: one.source });
    return [...complaints(one, attempt), ...host.harm(attempt.said)];
  } catch (error) {
    return [`the runner failed: ${(error as Error).message}`];
  }
}

async function honest(when: string): Promise<string[]> {
  const { verdict, ms } = await submit(grader, exercise, honestFiles(exercise));
  honestMs.push(ms);
  return verdict.outcome === 'passed' ? [] : [`an honest run ${when} ended as ${verdict.outcome}: ${verdict.reason}`];
}

function report(name: string, found: readonly string[], ms: number): void {
  if (found.length > 0) failures.set(name, [...found]);
  console.log(`${found.length === 0 ? 'contained' : 'NOT      '} ${name.padEnd(44)} ${seconds(ms).padStart(7)}`);
  for (const line of found) console.log(`          ${line}`);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
