import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');

// #region once
/** Files that look like tests and belong to no project, or to more than one. */
export async function misplacedTests(root: string, config: string): Promise<Record<string, string[]>> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [vitest, 'list', '--filesOnly', '--json', '--root', root, '--config', config],
    { env: { ...process.env, VITEST: undefined } },
  );
  const listed: { file: string; projectName: string }[] = JSON.parse(stdout);
  const files = (await readdir(join(root, 'src'), { recursive: true })).filter((file) =>
    /[._](test|spec)\./.test(file),
  );
  const projects = files.map((file) => [
    file,
    listed.filter((entry) => relative(join(root, 'src'), entry.file) === file).map(({ projectName }) => projectName),
  ]);
  return Object.fromEntries(projects.filter(([, names]) => names?.length !== 1));
}
// #endregion once
