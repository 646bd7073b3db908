/** Runs projects of Vitest for `npm test`, counts it, and tells a broken test from an unsteady one. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

export type Counts = { passed: number; failed: number; skipped: number };

type Assertion = { fullName: string; status: string };
type Report = {
  numPassedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { name: string; status: string; message: string; assertionResults: Assertion[] }[];
};

export type ProjectResult = {
  counts: Counts;
  /** Full names of the tests (or the files, where no test could start) that failed twice. */
  failures: string[];
  /** Those that failed once and passed when their file was run again. */
  unsteady: string[];
};

/**
 * Runs the projects' tests as an ordinary user: PostgreSQL and sandboxes refuse to start as root. Files with a failure
 * are run once more by themselves; a test that passes then is counted as passed and named as unsteady, since on a busy
 * machine a race in a test must neither hold up everybody nor be forgotten.
 */
export function vitestProjects(root: string, projects: readonly [string, ...string[]]): ProjectResult {
  const [step] = projects;
  const first = run(root, projects, []);
  const failedFiles = first.report?.testResults.filter(({ status }) => status === 'failed') ?? [];
  if (first.report === undefined || (failedFiles.length === 0 && first.status !== 0)) {
    console.error(`Vitest ended (exit code ${first.status}) without saying which test failed; its output says why.`);
    return { counts: { ...count(first.report, 0), failed: 1 }, failures: ['(no test)'], unsteady: [] };
  }
  const failedOnce = failedFiles.flatMap(failuresOf);
  if (failedFiles.length === 0) return { counts: count(first.report, 0), failures: [], unsteady: [] };

  console.log(`\n── ${step}: once more, the files with a failure`);
  const second = run(root, projects, [...new Set(failedFiles.map(({ name }) => relative(root, name)))]);
  const failures = second.report?.testResults.flatMap(failuresOf) ?? failedOnce;
  const unsteady = failedOnce.filter((name) => !failures.includes(name));
  const counts = count(first.report, unsteady.length);
  return { counts: { ...counts, failed: failures.length }, failures, unsteady };
}

function run(
  root: string,
  projects: readonly [string, ...string[]],
  files: readonly string[],
): { status: number | null; report: Report | undefined } {
  const output = join('.cache', 'reports', `${projects[0]}.json`);
  rmSync(join(root, output), { force: true });
  const vitest = [join('node_modules', '.bin', 'vitest'), 'run', '--configLoader', 'native'];
  const chosen = projects.flatMap((project) => ['--project', project]);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${output}`];
  const { status } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'unprivileged.ts'), ...vitest, ...chosen, ...reporters, ...files],
    // Tests of the Docker backend may use the daemon that is here.
    { cwd: root, stdio: 'inherit', env: { ENGINE: 'auto', ...quiet() } },
  );
  try {
    return { status, report: JSON.parse(readFileSync(join(root, output), 'utf8')) };
  } catch {
    return { status, report: undefined };
  }
}

function failuresOf(file: Report['testResults'][number]): string[] {
  const failed = file.assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
  return failed.length > 0 || file.status !== 'failed' ? failed : [`${file.name}: ${file.message.split('\n', 1)[0]}`];
}

function count(report: Report | undefined, more: number): Counts {
  const { numPassedTests = 0, numPendingTests = 0, numTodoTests = 0 } = report ?? {};
  return { passed: numPassedTests + more, failed: 0, skipped: numPendingTests + numTodoTests };
}

export function sum(one: Counts, other: Counts): Counts {
  return { passed: one.passed + other.passed, failed: one.failed + other.failed, skipped: one.skipped + other.skipped };
}

export function quiet(): NodeJS.ProcessEnv {
  return { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', NO_UPDATE_NOTIFIER: '1' };
}
