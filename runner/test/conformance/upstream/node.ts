import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type UpstreamCase, type UpstreamSuite, watched } from './suite.ts';

type Report = {
  testResults: {
    name: string;
    message: string;
    assertionResults: { fullName: string; status: string; failureMessages: string[] | null }[];
  }[];
};

const packageAt = (checkout: string) => join(checkout, 'packages', 'testcontainers', 'src');

export const nodeSuite: UpstreamSuite = {
  client: 'testcontainers-node',
  isAt: (checkout) => existsSync(packageAt(checkout)),
  async run({ checkout, files, folder, env }) {
    const vitest = join(checkout, 'node_modules', '.bin', 'vitest');
    if (!existsSync(vitest)) throw new Error(`The checkout has no packages yet: run npm ci in ${checkout} first.`);
    const config = join(folder, 'vitest.config.mjs');
    await writeFile(config, `export default ${JSON.stringify(configOf(checkout, folder))};`);
    const report = join(folder, 'report.json');
    const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${report}`];
    const wanted = files.length > 0 ? files : ['packages/modules/postgresql/src/'];
    await watched([vitest, 'run', '--config', config, '--root', checkout, ...reporters, ...wanted], checkout, env);
    return casesOf(JSON.parse(await readFile(report, 'utf8')), checkout);
  },
};

/** As the checkout's own configuration has it, but for one test at a time: two cores are soon busy. */
function configOf(checkout: string, folder: string) {
  return {
    root: checkout,
    cacheDir: join(folder, 'vite'),
    resolve: { alias: { testcontainers: packageAt(checkout) } },
    test: {
      globals: true,
      mockReset: true,
      restoreMocks: true,
      unstubEnvs: true,
      // Some of its tests look at what it logs of containers.
      env: { DEBUG: 'testcontainers:containers' },
      silent: 'passed-only',
      fileParallelism: false,
      hookTimeout: 60_000,
    },
  };
}

function casesOf({ testResults }: Report, checkout: string): UpstreamCase[] {
  return testResults.flatMap(({ name, message, assertionResults }): UpstreamCase[] => {
    const file = relative(checkout, name);
    // A file that could not be loaded has no tests.
    if (assertionResults.length === 0) return [{ file, name: '(the file)', outcome: 'failed', why: message }];
    return assertionResults.map(({ fullName, status, failureMessages }) => {
      if (status === 'passed') return { file, name: fullName, outcome: 'passed' };
      const why = failureMessages?.[0];
      const outcome = status === 'failed' ? 'failed' : 'skipped';
      return { file, name: fullName, outcome, ...(why === undefined ? {} : { why }) };
    });
  });
}
