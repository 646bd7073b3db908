import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type UpstreamCase, type UpstreamSuite, watched } from './suite.ts';

const projectRoot = dirname(dirname(dirname(dirname(import.meta.dirname))));
const cache = join(projectRoot, '.cache', 'go');

export const goSuite: UpstreamSuite = {
  client: 'testcontainers-go',
  isAt: (checkout) => existsSync(join(checkout, 'modules', 'postgres', 'go.mod')),
  async run({ checkout, files, env }) {
    await mkdir(cache, { recursive: true });
    const caches = { GOMODCACHE: join(cache, 'modules'), GOCACHE: join(cache, 'build'), GOFLAGS: '-modcacherw' };
    // Its connection strings are compared with the name that it gives a daemon on a socket.
    const own = { ...env, ...caches, GOTOOLCHAIN: 'local', TESTCONTAINERS_HOST_OVERRIDE: 'localhost' };
    const cases: UpstreamCase[] = [];
    for (const module of files.length > 0 ? files : ['modules/postgres']) {
      const at = join(checkout, module);
      if ((await watched(['go', 'mod', 'download'], at, own)).code !== 0)
        throw new Error(
          `What ${module} needs could not be had: Go of the version that its go.mod names, and its modules.`,
        );
      const { output } = await watched(['go', 'test', '-count=1', '-v', '-timeout=30m', '.'], at, own);
      cases.push(...casesOf(output, module));
    }
    return cases;
  },
};

/** Each test that has no subtests, and each that failed by itself. */
function casesOf(output: string, file: string): UpstreamCase[] {
  const outcomes = { PASS: 'passed', FAIL: 'failed', SKIP: 'skipped' } as const;
  const ended = [...output.matchAll(/^ *--- (PASS|FAIL|SKIP): (\S+)/gm)].map(([, how, name = '']) => ({
    name,
    outcome: outcomes[how as keyof typeof outcomes],
  }));
  return ended.flatMap(({ name, outcome }): UpstreamCase[] => {
    const below = ended.filter((one) => one.name.startsWith(`${name}/`));
    const explained = outcome !== 'failed' || below.some((one) => one.outcome === 'failed');
    if (below.length > 0 && explained) return [];
    const why = outcome === 'failed' ? complaintOf(output, name) : undefined;
    return [{ file, name, outcome, ...(why === undefined ? {} : { why }) }];
  });
}

/** The first error that was told while a test had the word. */
function complaintOf(output: string, name: string): string | undefined {
  let speaker = '';
  const lines = output.split('\n');
  for (const [place, line] of lines.entries()) {
    speaker = /^=== \w+ +(\S+)/.exec(line)?.[1] ?? speaker;
    if (speaker === name && /^\s+Error:/.test(line)) return lines.slice(place, place + 3).join(' ');
  }
  return undefined;
}
