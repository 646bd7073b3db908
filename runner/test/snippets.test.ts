/**
 * Runs every test file that lessons quote, each in a sandbox of its own with the modules of its folder beside it. A file
 * that ends in `.wrong.test.ts` shows a mistake, so it has to fail, and by a test: one that cannot be loaded shows nothing.
 * Topics that need another server than PostgreSQL are for snippets-with-services.test.ts.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseConfig } from '../config.ts';
import type { Grader } from '../grading/contract.ts';
import { startGrader } from '../grading/grader.ts';
import type { Verdict } from '../protocol.ts';
import { services } from './services/index.ts';

const root = join(dirname(dirname(import.meta.dirname)), 'content', 'snippets');
const elsewhere = services.map(({ topic }) => topic);
const folders = (await readdir(root, { withFileTypes: true })).filter(
  (entry) => entry.isDirectory() && !elsewhere.includes(entry.name),
);
const topics = await Promise.all(folders.map(async ({ name }) => ({ name, files: await filesOf(join(root, name)) })));
/** A folder may hold other languages only; snippets-elsewhere.test.ts runs those. */
const snippets = topics.filter(({ files }) => Object.keys(files).length > 0);
let grader: Grader;
let cache: string;

beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'boundary-snippets-'));
  grader = await startGrader(parseConfig({ WARM_SANDBOXES: '0' }), cache);
});

afterAll(async () => {
  await grader[Symbol.asyncDispose]();
  await rm(cache, { recursive: true });
});

describe.each(snippets)('snippets of $name', ({ name, files }) => {
  const isTest = (path: string) => path.endsWith('.test.ts');
  const modules = Object.fromEntries(Object.entries(files).filter(([path]) => !isTest(path)));

  test.each(Object.entries(files).filter(([path]) => isTest(path)))('%s', async (path, text) => {
    const [result] = (await run(modules, { [path]: text })).references;
    const failing = result?.tests.filter(({ outcome }) => outcome === 'failed') ?? [];
    if (path.endsWith('.wrong.test.ts')) {
      expect(result?.tests.length, `no test of ${path} ran: ${result?.reason}`).toBeGreaterThan(0);
      expect(result?.outcome, `${path} is shown as wrong and passes; show it failing, or drop “.wrong”`).toBe('failed');
    } else {
      const shown = `content/snippets/${name}/${path} is shown as right and fails; mend it, or what it imports`;
      expect({ reason: result?.reason, failing }, shown).toEqual({ reason: undefined, failing: [] });
      expect(result?.outcome).toBe('passed');
    }
  });
});

/** Grades a file against one implementation, the modules that it imports, with no bug to find. */
function run(modules: Record<string, string>, files: Record<string, string>): Promise<Verdict> {
  const now = Date.now();
  return grader.grade({
    runId: 'snippet',
    attempt: 1,
    exercise: {
      slug: 'snippet',
      title: 'Snippet',
      summary: 'A test file that a lesson quotes.',
      kind: 'write-tests',
      level: 'introductory',
      minutes: 5,
      practises: [],
      lesson: 'none',
      misconceptions: [],
      brief: '',
      languages: {
        typescript: {
          starter: files,
          solution: files,
          discussion: '',
          given: modules,
          references: [{ id: 'modules', title: 'The modules beside it', files: modules }],
          mutants: [],
          checks: [],
          wrong: [],
        },
      },
    },
    language: 'typescript',
    files,
    acceptedAt: now,
    startedAt: now,
    signal: new AbortController().signal,
    emit: () => undefined,
  });
}

async function filesOf(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ts'));
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  );
}
