import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ExerciseDefinition, loadExercise } from '../../exercises/format.ts';
import { parseConfig } from '../config.ts';
import type { EventBody, Verdict } from '../protocol.ts';
import { controlGroupFolders } from '../sandbox/index.ts';
import type { Grader } from './contract.ts';
import { startGrader } from './grader.ts';

// Real sandboxes, real PostgreSQL, the real exercise: only the submissions differ.
const root = dirname(dirname(import.meta.dirname));
const testFile = 'user-repository.test.ts';
let cache: string;
let grader: Grader;
let exercise: ExerciseDefinition;

beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'boundary-grader-'));
  exercise = await loadExercise(join(root, 'exercises'), 'user-repository');
  const limits = {
    VARIANT_WALL_MS: '6000',
    CPU_SECONDS: '20',
    MEMORY_MIB: '512',
    OUTPUT_KIB: '64',
    WARM_SANDBOXES: '2',
  };
  grader = await startGrader(parseConfig(limits), cache);
});

afterAll(async () => {
  await grader[Symbol.asyncDispose]();
  await rm(cache, { recursive: true });
});

type Graded = { verdict: Verdict; events: EventBody[] };

async function grade(source: string, options: { only?: string; signal?: AbortSignal } = {}): Promise<Graded> {
  const events: EventBody[] = [];
  const now = Date.now();
  const verdict = await grader.grade({
    runId: 'test',
    attempt: 1,
    exercise,
    language: 'typescript',
    files: { [testFile]: source },
    acceptedAt: now,
    startedAt: now,
    signal: options.signal ?? new AbortController().signal,
    emit: (event) => events.push(event),
    ...(options.only === undefined ? {} : { only: options.only }),
  });
  return { verdict, events };
}

const file = (kind: 'starter' | 'solution') => exercise.languages.typescript[kind][testFile] ?? '';
const killed = ({ mutants }: Verdict) => mutants.filter(({ outcome }) => outcome === 'killed').map(({ id }) => id);

/** Its own table instead of the migrations; catches two of the core bugs and not the third. */
const weak = `
import pg from 'pg';
import { PostgreSqlContainer } from '@testcontainers/postgresql';
import { UserRepository } from './user-repository';

let container, pool, users;
beforeAll(async () => {
  container = await new PostgreSqlContainer('postgres:16-alpine').start();
  pool = new pg.Pool({ connectionString: container.getConnectionUri() });
  await pool.query('create table users(id uuid primary key default gen_random_uuid(), email text unique not null, name text not null)');
  users = new UserRepository(pool);
}, 60_000);
afterAll(async () => { await pool.end(); await container.stop(); });

describe('users', () => {
  it('come back as they were stored', async () => {
    const { id } = await users.create({ email: 'ada@example.com', name: 'Ada' });
    expect(await users.findById(id)).toMatchObject({ email: 'ada@example.com' });
  });
  it('are absent', async () => { expect(await users.findById('00000000-0000-4000-8000-000000000000')).toBeNull(); });
});`;

describe('grading', () => {
  test('passes the solution and kills every bug', async () => {
    const { verdict, events } = await grade(file('solution'));
    expect(verdict.outcome).toBe('passed');
    expect(killed(verdict)).toHaveLength(exercise.languages.typescript.mutants.length);
    for (const mutant of verdict.mutants) expect(mutant.killedBy).not.toEqual([]);
    for (const reference of verdict.references) expect(reference.outcome).toBe('passed');
    expect(verdict.timings.firstTest).toBeGreaterThan(0);
    expect(events[0]?.type).toBe('started');
    expect(events.filter(({ type }) => type === 'variant-finished')).toHaveLength(11);
    expect(events.some((event) => event.type === 'container' && event.state === 'running')).toBe(true);
  });

  test('fails the starter, which catches nothing', async () => {
    const { verdict } = await grade(file('starter'));
    expect(verdict.outcome).toBe('failed');
    expect(killed(verdict)).toEqual([]);
    expect(verdict.reason).toMatch(/0 of 3 core bugs/);
  });

  test('takes a file that makes its own table, and names the core bug that it misses', async () => {
    const { verdict } = await grade(weak);
    expect(verdict.outcome).toBe('failed');
    expect(killed(verdict)).toEqual(expect.arrayContaining(['not-persisted', 'absent-throws']));
    expect(verdict.mutants.find(({ id }) => id === 'duplicate-swallowed')?.outcome).toBe('survived');
    expect(verdict.mutants.find(({ id }) => id === 'not-persisted')?.killedBy).toEqual([
      'users > come back as they were stored',
    ]);
  });

  test('plants no bugs when a correct implementation fails, and shows what was demanded', async () => {
    const { verdict } = await grade(
      weak.replace("toMatchObject({ email: 'ada@example.com' })", "toMatchObject({ email: 'ada' })"),
    );
    expect(verdict.outcome).toBe('failed');
    expect(verdict.mutants.every(({ outcome }) => outcome === 'not-run')).toBe(true);
    const failure = verdict.references[0]?.tests.find(({ outcome }) => outcome === 'failed');
    expect(failure).toMatchObject({ name: 'users > come back as they were stored', error: { at: { file: testFile } } });
    expect(failure?.error?.expected).toContain('ada');
  });

  test.each([
    ['a syntax error', "test('a', () => {", /user-repository\.test\.ts could not be loaded: Expected/],
    [
      'a package that is not there',
      "import 'left-pad'; test('a', () => {});",
      /could not be loaded: Cannot find package 'left-pad'/,
    ],
    ['no tests', 'export const nothing = 1;', /^No test was run: the files hold none/],
    ['only skipped tests', "test.skip('a', () => {});", /^No test was run: all of them are skipped/],
    [
      'a failing hook',
      "beforeAll(() => { throw new Error('no database'); }); test('a', () => {});",
      /hook or the body of .* failed: no database/,
    ],
    [
      'an error outside of tests',
      "setTimeout(() => { throw new Error('late'); }); test('a', () => new Promise((done) => setTimeout(done, 50)));",
      /outside of any test: late/,
    ],
    [
      'a rejection that nobody awaits',
      "test('a', async () => { void Promise.reject(new Error('unawaited')); await new Promise((done) => setTimeout(done, 50)); });",
      /outside of any test: unawaited/,
    ],
    ['process.exit', "test('a', () => process.exit(0));", /process\.exit unexpectedly called/],
    [
      'killing itself',
      "test('a', () => process.kill(process.pid, 'SIGKILL'));",
      /ended before the tests had finished.*“a”/,
    ],
  ])('fails %s and says so', async (_, source, reason) => {
    const { verdict } = await grade(source);
    expect(verdict.outcome).toBe('failed');
    expect(verdict.reason).toMatch(reason);
    expect(verdict.mutants.every(({ outcome }) => outcome === 'not-run')).toBe(true);
  });

  test('ends an endless loop at the wall and names the test', async () => {
    const { verdict } = await grade("test('fine', () => {}); test('spins', () => { for (;;); });");
    expect(verdict).toMatchObject({ outcome: 'timed-out', reason: 'Not finished after 6 s, in the test “spins”.' });
  });

  test('ends a run that prints too much', async () => {
    const source =
      "test('loud', async () => { for (;;) { console.log('x'.repeat(1000)); await new Promise(setImmediate); } });";
    const { verdict, events } = await grade(source);
    expect(verdict).toMatchObject({ outcome: 'output-limit', reason: expect.stringContaining('64 KiB') });
    const printed = events.reduce((sum, event) => sum + (event.type === 'output' ? event.text.length : 0), 0);
    expect(printed).toBeLessThanOrEqual(3 * 64 * 1024);
  });

  test('ends a run that takes too much memory', async () => {
    const { verdict } = await grade(
      "test('hoards', () => { const all = []; for (;;) all.push(Buffer.alloc(1e6, 1)); });",
    );
    expect(verdict).toMatchObject({ outcome: 'memory-limit', reason: expect.stringContaining('“hoards”') });
  });

  test('does not take running out of time for catching a bug', async () => {
    const waits = weak.replace(
      'expect(await users.findById(id))',
      'while (!(await users.findById(id))) await new Promise((r) => setTimeout(r, 20));\n expect(await users.findById(id))',
    );
    const { verdict } = await grade(
      waits.replace("  it('are absent'", "  it.skip('are absent'").replace('});\n  it.skip', '}, 400);\n  it.skip'),
    );
    expect(verdict.mutants.find(({ id }) => id === 'not-persisted')).toMatchObject({
      outcome: 'timed-out',
      killedBy: [],
    });
  });

  test('tells tests of the same name apart, and passes none over that failed', async () => {
    const { verdict } = await grade("it.each([1, 2])('doubles', (n) => expect(n).toBe(2));");
    expect(verdict.outcome).toBe('failed');
    expect(verdict.references[0]?.tests.map(({ name, outcome }) => `${name}: ${outcome}`)).toEqual([
      'doubles: failed',
      'doubles #2: passed',
    ]);
  });

  test.each([
    ['a time that is none', '{"type":"test","name":"x","outcome":"passed","ms":1e308}', 'failed'],
    ['something that is no message', '{"type":"verdict","outcome":"passed"}', 'failed'],
    ['something that is no JSON', 'passed', 'failed'],
  ])('takes %s from a test process for a failure, and goes on', async (_, frame, outcome) => {
    const source = `import { writeSync } from 'node:fs'; test('forges', () => { writeSync(3, ${JSON.stringify(`${frame}\n`)}); });`;
    expect((await grade(source)).verdict).toMatchObject({ outcome, reason: expect.stringContaining('no test result') });
  });

  test('ends a test process that floods the runner with results', async () => {
    const frame = '{"type":"test","name":"x","outcome":"passed","ms":1}\\n';
    const source = `import { writeSync } from 'node:fs'; test('floods', () => { for (;;) { try { writeSync(3, '${frame}'); } catch {} } });`;
    const { verdict, events } = await grade(source);
    expect(verdict.outcome).toBe('output-limit');
    expect(events.length).toBeLessThan(25_000);
  });

  test('runs one test alone, which passes nothing', async () => {
    const { verdict } = await grade(weak, { only: 'users > are absent' });
    expect(verdict).toMatchObject({ outcome: 'failed', partial: true });
    expect(verdict.references[0]?.tests.filter(({ outcome }) => outcome !== 'skipped')).toHaveLength(1);
    expect(killed(verdict)).toContain('absent-throws');
  });

  test('stops at once when it is cancelled', async () => {
    const cancel = new AbortController();
    setTimeout(() => cancel.abort(), 300);
    const { verdict } = await grade("test('waits', () => new Promise(() => {}), 60_000);", { signal: cancel.signal });
    expect(verdict.outcome).toBe('cancelled');
  });

  test('leaves no process and no control group behind', async () => {
    await grade(weak);
    // What is left are the spares of this grader: two learners' sandboxes at the most, as soon as the run is cleared away.
    await vi.waitFor(
      async () => {
        const groups = await Promise.all(controlGroupFolders().map((folder) => readdir(folder)));
        for (const names of groups)
          expect(names.filter((name) => name.startsWith(`sandbox-${process.pid}-`)).length).toBeLessThanOrEqual(2);
      },
      { timeout: 20_000, interval: 20 },
    );
  });
});
