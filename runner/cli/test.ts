/**
 * `npm test`: every check there is, in the order that tells of a mistake soonest. `--only NAME,NAME` runs some.
 * The last line counts them all: `N passed, N failed, N skipped`.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBrowser } from './ensure-browser.ts';
import { ensureBubblewrap } from './ensure-bubblewrap.ts';
import { ensureKafka } from './ensure-kafka.ts';
import { ensureRedis } from './ensure-redis.ts';
import { ensureS3 } from './ensure-s3.ts';
import { type Counts, quiet, sum, vitestProjects } from './vitest-projects.ts';

type Step = { name: string; says: string; run: () => Counts };

const root = dirname(dirname(import.meta.dirname));
const bin = (name: string) => join(root, 'node_modules', '.bin', name);
const reports = join(root, '.cache', 'reports');

const steps: Step[] = [
  { name: 'lint', says: 'format and lint (Biome)', run: () => whole(bin('biome'), 'ci', '--error-on-warnings', '.') },
  {
    name: 'arrows',
    says: 'imports keep to the arrows (dependency-cruiser)',
    run: () => whole(bin('depcruise'), 'runner', 'exercises/format.ts', 'site'),
  },
  { name: 'unused', says: 'nothing is dead (Knip)', run: () => whole(bin('knip')) },
  {
    name: 'types',
    says: 'types (astro check, tsc)',
    // Astro first: it writes the types of the content, which the other one reads.
    run: () => sum(whole(bin('astro'), 'check', '--minimumFailingSeverity', 'warning'), whole(bin('tsc'), '-p', '.')),
  },
  {
    name: 'audit',
    says: 'no package of production has a known grave vulnerability (npm audit)',
    run: () => counted('audit', process.execPath, cli('audit.ts')),
  },
  { name: 'build', says: 'the site builds', run: () => whole(process.execPath, cli('boundary.mjs'), 'build') },
  {
    name: 'budgets',
    says: 'every page keeps to its weight, and no link is broken',
    run: () => counted('budgets', process.execPath, cli('budgets.ts')),
  },
  {
    name: 'markup',
    says: 'every page is valid HTML',
    run: () => counted('markup', process.execPath, cli('markup.ts')),
  },
  { name: 'unit', says: 'unit and service tests (Vitest)', run: () => vitest('unit', 'unit-alone') },
  {
    name: 'exercises',
    says: 'every exercise proves itself',
    run: () => counted('exercises', process.execPath, cli('boundary.mjs'), 'verify'),
  },
  {
    name: 'hostile',
    says: 'hostile submissions are contained',
    run: () =>
      counted(
        'hostile',
        process.execPath,
        cli('unprivileged.ts'),
        process.execPath,
        join('runner', 'test', 'hostile', 'main.ts'),
      ),
  },
  { name: 'e2e', says: 'the product in a browser (Vitest, Playwright)', run: () => vitest('e2e') },
];

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const wanted = values.only?.split(',');
const unknown = wanted?.filter((name) => !steps.some((step) => step.name === name)) ?? [];
if (unknown.length > 0) {
  console.error(
    `There is no check named ${unknown.join(', ')}. There are: ${steps.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}
ensureBubblewrap();
if (wanted === undefined || wanted.includes('unit')) {
  ensureRedis();
  ensureKafka();
  ensureS3();
}
if (wanted === undefined || wanted.includes('e2e')) ensureBrowser();
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
// Written by the ordinary user that tests run as.
chmodSync(reports, 0o777);

let total: Counts = { passed: 0, failed: 0, skipped: 0 };
const lines: string[] = [];
const remarks: string[] = [];
for (const { name, says, run } of steps) {
  if (wanted && !wanted.includes(name)) continue;
  console.log(`\n── ${name}: ${says}`);
  const began = performance.now();
  const already = remarks.length;
  const counts = run();
  if (counts.failed > 0 && remarks.length === already)
    remarks.push(`FAILED    ${name}: what it said stands above, under “── ${name}”`);
  total = sum(total, counts);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  lines.push(`${counts.failed === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(10)}${seconds.padStart(7)} s  ${says}`);
}
// A log that was cut off at its start still names what failed: last of all, so.
remarks.sort((one, other) => Number(one.startsWith('FAILED')) - Number(other.startsWith('FAILED')));
console.log(
  `\n${[...lines, ...remarks.map((line) => line.slice(0, 500))].join('\n')}\n\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`,
);
process.exitCode = total.failed === 0 ? 0 : 1;

function cli(file: string): string {
  return join(import.meta.dirname, file);
}

/** Runs projects of Vitest; what failed is said again at the very end, where a reader of a long log looks. */
function vitest(...projects: [string, ...string[]]): Counts {
  const [step] = projects;
  const { counts, failures, unsteady } = vitestProjects(root, projects);
  remarks.push(...failures.map((name) => `FAILED    ${step}: ${name}`));
  remarks.push(
    ...unsteady.map((name) => `UNSTEADY  ${step}: ${name} (failed, then passed when its file ran again: a race)`),
  );
  return counts;
}

/** Runs a command that either holds or does not. */
function whole(command: string, ...args: string[]): Counts {
  const ok = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: quiet() }).status === 0;
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

/** Runs a command whose last line counts what it did, and that names what failed in lines that begin so. */
function counted(step: string, command: string, ...args: string[]): Counts {
  const { stdout, status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    env: quiet(),
  });
  if (error) throw error;
  process.stdout.write(stdout);
  for (const [, kind = '', what] of stdout.matchAll(/^(FAIL(?:ED)?|UNSTEADY|SKIPPED) +(.+)$/gm)) {
    remarks.push(`${kind.replace(/^FAIL$/, 'FAILED').padEnd(9)} ${step}: ${what}`);
  }
  const [, passed, failed, skipped] = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/m.exec(stdout) ?? [];
  const counts = { passed: Number(passed ?? 0), failed: Number(failed ?? 0), skipped: Number(skipped ?? 0) };
  return status === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}
