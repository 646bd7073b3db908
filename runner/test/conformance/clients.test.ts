import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { findTestDaemon, type OpenGateway, openGateway } from './open-gateway.ts';

// Testcontainers in other languages, as it is published, against the gateway. Node's own is tested in runner/engine.
const cache = join(dirname(dirname(dirname(import.meta.dirname))), '.cache');
const patienceMs = 300_000;
const daemon = await findTestDaemon();
let folder: string;
let gateway: OpenGateway;

const has = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;

describe.each([
  { backend: 'the sandbox', skipped: false },
  { backend: 'Docker', skipped: daemon === undefined },
])('on $backend', ({ backend, skipped }) => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'boundary-clients-'));
    gateway = await openGateway(folder, backend === 'Docker' ? daemon : undefined);
  });

  afterAll(async () => {
    await gateway[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  describe.skipIf(skipped)('testcontainers-python', () => {
    test.runIf(has('python3', '-c', 'import venv, ensurepip'))(
      'starts PostgreSQL, runs commands, copies files and reads the log',
      async (context) => {
        const environment = join(cache, 'python-conformance');
        const python = join(environment, 'bin', 'python');
        const requirements = join(import.meta.dirname, 'python', 'requirements.txt');
        if (!existsSync(python)) await run('python3', ['-m', 'venv', environment]);
        const installed = await run(python, ['-m', 'pip', 'install', '--quiet', '-r', requirements]);
        skipWithoutPackages(context, 'PyPI', installed);
        const { code, output } = await run(python, [join(import.meta.dirname, 'python', 'postgres.py')]);
        expect(code, output).toBe(0);
        expect(JSON.parse(output.trim().split('\n').at(-1) ?? '')).toEqual({
          who: 'ann@shop',
          exit: 3,
          output: ['err', 'out'],
          file: 'note',
          ready: 2,
        });
      },
      patienceMs,
    );
  });

  describe.skipIf(skipped)('testcontainers-go', () => {
    test.runIf(has('go', 'version'))(
      'starts PostgreSQL, runs commands, copies files, and is told what is not offered',
      async (context) => {
        // Go writes beside go.mod where its version differs from ours; a copy keeps the checkout as it is.
        const module = join(folder, 'go');
        await cp(join(import.meta.dirname, 'go'), module, { recursive: true });
        const caches = {
          GOMODCACHE: join(cache, 'go', 'modules'),
          GOCACHE: join(cache, 'go', 'build'),
          GOFLAGS: '-modcacherw',
        };
        await mkdir(join(cache, 'go'), { recursive: true });
        skipWithoutPackages(context, 'the Go module proxy', await run('go', ['mod', 'download'], caches, module));
        const { code, output } = await run('go', ['test', '-count=1', '-v', './...'], caches, module);
        expect(code, output).toBe(0);
        expect(output).toContain('--- PASS: TestPostgres');
        expect(output).toContain('--- PASS: TestImageThatIsNotOffered');
      },
      patienceMs,
    );
  });
});

function skipWithoutPackages(context: TestContext, registry: string, { code, output }: Ran): void {
  if (code !== 0) context.skip(`Its packages could not be had from ${registry}: ${output.slice(-300)}`);
}

type Ran = { code: number | null; output: string };

/** Runs a program beside the gateway that this process serves, so not synchronously. */
function run(program: string, args: string[], env: Record<string, string> = {}, cwd = folder): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...gateway.env, ...env } });
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
