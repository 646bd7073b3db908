/** The project to take home, run as somebody would run it: by the Docker of this machine, or by the runner's own engine. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { loadExercise } from '../../exercises/format.ts';
import { findTestDaemon, openGateway } from '../../runner/test/conformance/open-gateway.ts';
import { temporaryFolder } from '../../runner/test/web/temporary-folder.ts';
import { packagesFor } from '../content/packages-for.ts';
import { takeHomeProject } from '../workbench/take-home/project.ts';

const root = join(import.meta.dirname, '..', '..');

it('passes with the solution, catches a bug with it, and says which test caught it', { timeout: 240_000 }, async () => {
  using folder = temporaryFolder();
  const { languages, ...about } = await loadExercise(join(root, 'exercises'), 'user-repository');
  const { references, mutants, checks, solution, discussion, given } = languages.typescript;
  const files = Object.entries({ ...solution, ...given }).map(([path, code]) => ({
    path,
    text: code,
    html: '',
    editable: false,
  }));
  const project = takeHomeProject(
    {
      ...about,
      kind: 'write-tests',
      files,
      references,
      mutants: mutants.map((mutant) => ({ ...mutant, misconception: null })),
      checks: [],
      packages: packagesFor(files.map((file) => file.text)),
    },
    { solution, discussion, references, mutants, checks },
    solution,
  );
  layOut(folder.path, project);

  await using gateway = (await findTestDaemon()) ? undefined : await openGateway(folder.path);
  const run = (...command: string[]) => runIn(folder.path, command, gateway?.env);
  expect(await run('node_modules/vitest/vitest.mjs', 'run')).toMatchObject({
    status: 0,
    said: expect.stringContaining('5 passed'),
  });
  const { status, said } = await run('mutants.mjs', 'not-persisted');
  expect({ status, said }).toMatchObject({ status: 0 });
  expect(said).toMatch(/caught {5}not-persisted: .*\n +by “UserRepository > stores a user that can be read back/);
});

it('tells a hook that ran out of time from one that failed', { timeout: 120_000 }, async () => {
  using folder = temporaryFolder();
  const store = (start: string, value = 1) => ({
    'store.ts': `export const start = () => ${start};\nexport const value = ${value};\n`,
  });
  const sound = store('Promise.resolve()');
  const mutants = [
    { id: 'hangs', title: 'It never starts', core: true, base: 'plain', changed: store('new Promise(() => {})') },
    {
      id: 'refuses',
      title: 'It refuses',
      core: true,
      base: 'plain',
      changed: store("Promise.reject(new Error('no'))"),
    },
    { id: 'wrong', title: 'It is wrong', core: true, base: 'plain', changed: store('Promise.resolve()', 2) },
  ];
  const files = Object.entries({ ...sound, 'store.test.ts': storeTest });
  const project = takeHomeProject(
    {
      slug: 'store',
      kind: 'write-tests',
      title: 'A store',
      brief: '',
      files: files.map(([path, text]) => ({ path, text, html: '', editable: false })),
      references: [{ id: 'plain', title: 'Plain' }],
      mutants: mutants.map(({ changed: _, ...mutant }) => ({ ...mutant, hints: [], misconception: null })),
      checks: [],
      packages: {},
    },
    {
      solution: {},
      discussion: '',
      references: [
        { id: 'plain', title: 'Plain', files: sound, conditions: { shuffled: true, atOnce: true, times: 2 } },
      ],
      mutants,
      checks: [],
    },
    {},
  );
  layOut(folder.path, project);
  const { status, said } = await runIn(folder.path, ['mutants.mjs']);
  expect(said).toMatch(/^passes {5}plain/m);
  expect(said).toMatch(/^TIMED OUT {2}hangs/m);
  expect(said).toMatch(/^caught {5}refuses: .*\n +by “a store”/m);
  expect(said).toMatch(/^caught {5}wrong: .*\n +by “a store > holds one”/m);
  expect(status).toBe(1);
});

const storeTest = `import { beforeAll, describe, expect, it } from 'vitest';
import { start, value } from './store.ts';

describe('a store', () => {
  beforeAll(() => start(), 500);
  it('holds one', () => expect(value).toBe(1));
});
`;

it('checks code by the tests that were hidden, and says which one failed and why', { timeout: 120_000 }, async () => {
  using folder = temporaryFolder();
  const check = (id: string, core: boolean) => ({
    id,
    title: `It ${id}`,
    core,
    hints: [],
    misconception: null,
    tests: 1,
  });
  const testing = (body: string) => `import { it, expect } from 'vitest';\nimport { sum } from './sum';\n${body}\n`;
  const tests = {
    adds: { 'adds.test.ts': testing("it('adds two', () => expect(sum(1, 2)).toBe(3));") },
    rounds: { 'rounds.test.ts': testing("it('rounds', () => expect(sum(0.1, 0.2)).toBe(0.3));") },
  };
  const project = takeHomeProject(
    {
      slug: 'sum',
      kind: 'write-code',
      title: 'A sum',
      brief: '',
      files: [{ path: 'sum.ts', text: '', html: '', editable: true }],
      references: [],
      mutants: [],
      checks: [check('adds', true), check('rounds', false)],
      packages: {},
    },
    {
      solution: {},
      discussion: '',
      references: [],
      mutants: [],
      checks: Object.entries(tests).map(([id, files]) => ({ id, tests: files })),
    },
    { 'sum.ts': 'export const sum = (a: number, b: number) => a + b;\n' },
  );
  layOut(folder.path, project);
  expect(JSON.parse(project['package.json'] ?? '').scripts).toEqual({ test: 'node checks.mjs' });
  const { status, said } = await runIn(folder.path, ['checks.mjs']);
  expect(said).toMatch(/^passes {5}adds: It adds$/m);
  expect(said).toMatch(/^FAILS {6}rounds: It rounds\n +by “rounds”\n +expected 0.30000000000000004 to be 0.3/m);
  // A bonus is not needed.
  expect(status).toBe(0);
});

function layOut(folder: string, project: Readonly<Record<string, string>>): void {
  for (const [path, code] of Object.entries(project)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), code);
  }
  // What “npm install” would put there, in the very versions that package.json asks for.
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
}

/** Not waited for synchronously: the engine that it talks to may be in this process. */
async function runIn(folder: string, command: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, command, {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      NO_COLOR: '1',
      // A daemon may have the image that the exercise starts, and no way to fetch the one that tidies up.
      TESTCONTAINERS_RYUK_DISABLED: 'true',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [said, complaint, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { status, said: `${said}${complaint}` };
}
