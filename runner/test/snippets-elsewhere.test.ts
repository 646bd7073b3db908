/**
 * Runs the Python and Go that lessons show, with the tools of those languages and the Testcontainers of each, against our
 * gateway. A test that shows a mistake says so in its name, `test_wrong_….py` or `TestWrong…`, and has to fail.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, type TestContext, test } from 'vitest';
import { type OpenGateway, openGateway } from './conformance/open-gateway.ts';

const root = dirname(dirname(import.meta.dirname));
const snippets = join(root, 'content', 'snippets');
const cache = join(root, '.cache');
/** On a new machine, compilers and packages come first. */
const patienceMs = 600_000;
let folder: string;
let gateway: OpenGateway;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boundary-snippets-'));
  gateway = await openGateway(folder);
});

afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

type Ended = { name: string; passed: boolean };

const python = has('python3', '-c', 'import venv, ensurepip');
test.runIf(python)(
  titleOf('Python', python, 'apt-get install python3-venv'),
  async (context) => {
    const environment = join(cache, 'python-conformance');
    const interpreter = join(environment, 'bin', 'python');
    if (!existsSync(interpreter)) await run('python3', ['-m', 'venv', environment], snippets);
    const requirements = join(snippets, 'requirements.txt');
    const installed = await run(interpreter, ['-m', 'pip', 'install', '--quiet', '-r', requirements], snippets);
    skipWithoutPackages(context, 'PyPI', installed);
    const { output } = await run(
      interpreter,
      ['-B', '-m', 'pytest', '-rA', '--color=no', '--tb=short', '-p', 'no:cacheprovider', snippets],
      folder,
    );
    const ended = [...output.matchAll(/^(PASSED|FAILED|ERROR) (\S+?)(?:::| |$)/gm)].map(
      ([, outcome, name = '']): Ended => ({ name, passed: outcome === 'PASSED' }),
    );
    const files = await filesEnding(/(^|\/)test_[^/]*\.py$/);
    expectAsShown(
      ended,
      files,
      ({ name }) => /(^|\/)test_wrong_/.test(name),
      () => output.slice(-20_000),
    );
  },
  patienceMs,
);

const go = has('go', 'version');
test.runIf(go)(
  titleOf('Go', go, 'install Go 1.26 or newer from go.dev/dl'),
  async (context) => {
    // Go writes beside go.mod where its version differs from ours; a copy keeps the checkout as it is.
    const module = join(folder, 'snippets');
    await cp(snippets, module, { recursive: true });
    await mkdir(join(cache, 'go'), { recursive: true });
    skipWithoutPackages(context, 'the Go module proxy', await run('go', ['mod', 'download'], module));
    const { output } = await run('go', ['test', '-count=1', '-json', './...'], module);
    const events = output.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as GoEvent] : []));
    const ended = events.flatMap(({ Action, Test, Package = '' }): Ended[] =>
      Test !== undefined && (Action === 'pass' || Action === 'fail')
        ? [{ name: `${Package.replace(/^[^/]*\/[^/]*\//, '')}/${Test}`, passed: Action === 'pass' }]
        : [],
    );
    const packages = (await filesEnding(/_test\.go$/)).map((path) => dirname(path));
    const said = (names: readonly string[]) =>
      events.flatMap(({ Package = '', ImportPath = Package, Test = '', Output = '' }) =>
        names.some((name) => `${ImportPath}/${Test}`.includes(name)) ? [Output] : [],
      );
    expectAsShown(
      ended,
      packages,
      ({ name }) => /\/TestWrong/.test(name),
      (names) => said(names).join('').slice(-20_000) || output.slice(-2000),
    );
  },
  patienceMs,
);

/** See `go doc test2json`; what the compiler says bears an import path in place of a package. */
type GoEvent = { Action: string; Package?: string; ImportPath?: string; Test?: string; Output?: string };

/** Every file or package has run, what is right has passed, and what is shown as wrong has failed. */
function expectAsShown(
  ended: readonly Ended[],
  expected: readonly string[],
  isWrong: (one: Ended) => boolean,
  saidOf: (names: readonly string[]) => string,
): void {
  const unlike = ended.filter((one) => one.passed === isWrong(one)).map(({ name }) => name);
  const silent = expected.filter((path) => !ended.some(({ name }) => name.includes(path)));
  const surprises = ended.filter((one) => one.passed && isWrong(one)).map(({ name }) => name);
  expect(
    silent,
    `Nothing of these ran, so that a lesson would show what nobody has tried. Mend what stops them:\n${saidOf(silent)}`,
  ).toEqual([]);
  expect(
    surprises,
    'These are shown as wrong and have to fail, but passed. Bring the mistake back, or drop “wrong” from their names and “deliberatelyWrong” from the lesson.',
  ).toEqual([]);
  expect(
    unlike,
    `These are shown as right and have to pass, but failed. Mend them in content/snippets/:\n${saidOf(unlike)}`,
  ).toEqual([]);
}

/** Paths below the snippets’ folder. */
async function filesEnding(pattern: RegExp): Promise<string[]> {
  return (await readdir(snippets, { recursive: true })).filter((path) => pattern.test(path));
}

function titleOf(language: string, there: boolean, mend: string): string {
  const title = `the ${language} that lessons show passes, and fails where it is shown as wrong`;
  return there ? title : `${title} (skipped, for this machine has none: ${mend})`;
}

function has(program: string, ...args: string[]): boolean {
  return spawnSync(program, args).status === 0;
}

function skipWithoutPackages(context: TestContext, registry: string, { code, output }: Ran): void {
  if (code !== 0) context.skip(`Its packages could not be had from ${registry}: ${output.slice(-300)}`);
}

type Ran = { code: number | null; output: string };

/** Runs a program beside the gateway that this process serves, so not synchronously. */
function run(program: string, args: string[], cwd: string): Promise<Ran> {
  const caches = {
    GOMODCACHE: join(cache, 'go', 'modules'),
    GOCACHE: join(cache, 'go', 'build'),
    GOFLAGS: '-modcacherw',
    // One lesson is about tests that skip without it.
    TEST_DATABASE_URL: undefined,
  };
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...gateway.env, ...caches } });
    let output = '';
    const add = (chunk: Buffer) => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', add);
    child.stderr.on('data', add);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
