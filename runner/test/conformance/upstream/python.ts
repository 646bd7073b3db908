import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type UpstreamCase, type UpstreamSuite, watched } from './suite.ts';

const projectRoot = dirname(dirname(dirname(dirname(import.meta.dirname))));
const environment = join(projectRoot, '.cache', 'python-upstream');
/** What the tests of its PostgreSQL module import beside the library itself. */
const requirements = join(import.meta.dirname, 'python-requirements.txt');

export const pythonSuite: UpstreamSuite = {
  client: 'testcontainers-python',
  isAt: (checkout) => existsSync(join(checkout, 'src', 'testcontainers', 'community')),
  async run({ checkout, files, folder, env }) {
    const python = join(environment, 'bin', 'python');
    const made = existsSync(python) || (await watched(['python3', '-m', 'venv', environment], folder, env)).code === 0;
    if (!made) throw new Error('Python has no venv module: apt-get install python3-venv');
    const install = [python, '-m', 'pip', 'install', '--quiet', '-r', requirements, checkout];
    if ((await watched(install, folder, env)).code !== 0) throw new Error('Its packages could not be had from PyPI.');
    const wanted = files.length > 0 ? files : ['tests/community/postgres'];
    const plain = ['-B', '-m', 'pytest', '-rA', '--color=no', '--tb=short', '-p', 'no:cacheprovider', '-o', 'addopts='];
    const { output } = await watched([python, ...plain, ...wanted], checkout, { ...env, COLUMNS: '300' });
    return casesOf(output);
  },
};

/** Pytest's own summary at the end: a line for each test. */
function casesOf(output: string): UpstreamCase[] {
  return [...output.matchAll(/^(PASSED|FAILED|ERROR) (.+?\.py)::(\S+)(?: - (.*))?$/gm)].map(
    ([, outcome, file = '', name = '', why]) => ({
      file,
      name,
      outcome: outcome === 'PASSED' ? 'passed' : 'failed',
      ...(why === undefined ? {} : { why }),
    }),
  );
}
