/**
 * Runs the snippets that talk to a server for which there is no sandbox. Each topic gets a real server, started as a process
 * and ended afterwards, and is told its address. As elsewhere, a file `*.wrong.test.ts` has to fail, and by a test.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { services } from './services/index.ts';

const root = dirname(dirname(import.meta.dirname));
/** Starting a server on a busy machine, and then some ten files. */
const patienceMs = 240_000;

type Report = { testResults: { name: string; assertionResults: { fullName: string; status: string }[] }[] };

test.for(services)(
  'the snippets of $topic do what their lesson says',
  { timeout: patienceMs },
  async ({ topic, missing, start }, context) => {
    if (missing !== undefined) return context.skip(missing);
    const folder = await mkdtemp(join(tmpdir(), 'boundary-service-'));
    try {
      await using service = await start(folder);
      const snippets = join(root, 'content', 'snippets', topic);
      const output = join(folder, 'report.json');
      const said = await runVitest(snippets, output, service.env);
      const { testResults } = JSON.parse(await readFile(output, 'utf8').catch(() => 'null')) ?? { testResults: [] };
      const ended = Object.fromEntries(
        (testResults as Report['testResults']).map(({ name, assertionResults }) => [
          name.slice(snippets.length + 1),
          assertionResults.some(({ status }) => status === 'failed')
            ? 'failed'
            : assertionResults.every(({ status }) => status === 'passed') && assertionResults.length > 0,
        ]),
      );
      const files = (await readdir(snippets)).filter((name) => name.endsWith('.test.ts'));
      const wanted = Object.fromEntries(files.map((name) => [name, name.endsWith('.wrong.test.ts') ? 'failed' : true]));
      expect(ended, said).toEqual(wanted);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);

/** Ends with what Vitest printed. Whether tests failed stands in the report. */
async function runVitest(folder: string, output: string, env: Record<string, string>): Promise<string> {
  const child = spawn(
    process.execPath,
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      ...['run', '--root', folder, '--config', join(import.meta.dirname, 'services', 'vitest.config.ts')],
      ...['--configLoader', 'native', '--reporter=default', '--reporter=json', `--outputFile.json=${output}`],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, VITEST: '', NO_COLOR: '1', ...env } },
  );
  let said = '';
  const add = (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-8000);
  };
  child.stdout.on('data', add);
  child.stderr.on('data', add);
  await once(child, 'close');
  return said;
}
