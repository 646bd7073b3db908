import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../test/web/temporary-folder.ts';

const root = dirname(dirname(import.meta.dirname));

/** Runs the audit against a registry that answers every request so; without an answer it is not there. */
async function audit(status: number | undefined, body = ''): Promise<{ code: number; said: string }> {
  using cache = temporaryFolder();
  const registry = createServer((request, response) => {
    const about = request.method === 'GET' ? versionsOf(request.url ?? '') : body;
    request
      .resume()
      .once('end', () => response.writeHead(status ?? 0, { 'content-type': 'application/json' }).end(about));
  });
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  const { port } = registry.address() as AddressInfo;
  if (status === undefined) await new Promise((resolve) => registry.close(resolve));
  const env = {
    ...process.env,
    npm_config_registry: `http://127.0.0.1:${port}/`,
    npm_config_cache: cache.path,
    npm_config_update_notifier: 'false',
  };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [join('runner', 'cli', 'audit.ts')], {
      cwd: root,
      env,
    });
    return { code: 0, said: stdout };
  } catch (error) {
    const { code, stdout } = error as { code: number; stdout: string };
    return { code, said: stdout };
  } finally {
    registry.close();
  }
}

/** What a registry tells of a package when npm asks which of its versions an advisory is about. */
function versionsOf(path: string): string {
  const its = JSON.parse(readFileSync(join(root, 'node_modules', decodeURIComponent(path), 'package.json'), 'utf8'));
  return JSON.stringify({ name: its.name, 'dist-tags': { latest: its.version }, versions: { [its.version]: its } });
}

const advisory = (name: string, severity: string) => ({
  [name]: [{ id: 1, url: 'https://example.org/advisory', title: 'It leaks', severity, vulnerable_versions: '<999' }],
});

it.each([
  ['is not there', undefined, ''],
  ['does not take the question', 405, '{}'],
  ['fails', 503, ''],
  ['answers something else', 200, '<html>Sign in to this network</html>'],
])('a registry that %s skips the audit in a plain line, and fails nothing', async (_what, status, body) => {
  const { code, said } = await audit(status, body);
  expect(code).toBe(0);
  expect(said).toMatch(/^SKIPPED {3}the packages were not audited: .+\.$/m);
  expect(said).toMatch(/\n0 passed, 0 failed, 1 skipped\n$/);
});

it('passes where nothing is known, or nothing grave, and names what is', async () => {
  expect(await audit(200, '{}')).toMatchObject({ code: 0, said: expect.stringMatching(/\n1 passed, 0 failed\n$/) });
  const { code, said } = await audit(200, JSON.stringify(advisory('zod', 'moderate')));
  expect(code).toBe(0);
  expect(said).toMatch(/^moderate in zod .*It leaks https:\/\/example.org\/advisory$/m);
  expect(said).toMatch(/\n1 passed, 0 failed\n$/);
});

it('fails for what is grave, with a line that says in which package, and not for what only development uses', async () => {
  const { code, said } = await audit(200, JSON.stringify(advisory('ws', 'high')));
  expect(code).toBe(1);
  expect(said).toMatch(/^FAILED {4}high in ws /m);
  expect(said).toMatch(/\n0 passed, [1-9]\d* failed\n$/);
  expect((await audit(200, JSON.stringify(advisory('html-validate', 'critical')))).code).toBe(0);
});
