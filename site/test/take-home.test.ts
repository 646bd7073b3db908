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
  const { references, mutants, solution, discussion } = languages.typescript;
  const [{ files: subject }] = references;
  const files = Object.entries({ ...solution, ...subject }).map(([path, code]) => ({
    path,
    text: code,
    html: '',
    editable: false,
  }));
  const project = takeHomeProject(
    {
      ...about,
      files,
      references,
      mutants: mutants.map((mutant) => ({ ...mutant, misconception: null })),
      packages: packagesFor(files.map((file) => file.text)),
    },
    { solution, discussion, references, mutants },
    solution,
  );
  for (const [path, code] of Object.entries(project)) {
    mkdirSync(dirname(join(folder.path, path)), { recursive: true });
    writeFileSync(join(folder.path, path), code);
  }
  // What “npm install” would put there, in the very versions that package.json asks for.
  symlinkSync(join(root, 'node_modules'), join(folder.path, 'node_modules'));

  await using gateway = (await findTestDaemon()) ? undefined : await openGateway(folder.path);
  // Not waited for synchronously: the engine that it talks to may be in this process.
  const run = async (...command: string[]) => {
    const child = spawn(process.execPath, command, {
      cwd: folder.path,
      env: {
        PATH: process.env.PATH,
        HOME: folder.path,
        NO_COLOR: '1',
        // A daemon may have the image that the exercise starts, and no way to fetch the one that tidies up.
        TESTCONTAINERS_RYUK_DISABLED: 'true',
        ...gateway?.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [said, complaint, [status]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close') as Promise<[number | null]>,
    ]);
    return { status, said: `${said}${complaint}` };
  };
  expect(await run('node_modules/vitest/vitest.mjs', 'run')).toMatchObject({
    status: 0,
    said: expect.stringContaining('5 passed'),
  });
  const { status, said } = await run('mutants.mjs', 'not-persisted');
  expect({ status, said }).toMatchObject({ status: 0 });
  expect(said).toMatch(/caught {5}not-persisted: .*\n +by “UserRepository stores a user that can be read back/);
});
