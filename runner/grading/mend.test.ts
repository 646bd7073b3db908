import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Conditions, ExerciseDefinition, Rule } from '../../exercises/format.ts';
import { parseConfig } from '../config.ts';
import type { Verdict } from '../protocol.ts';
import type { Grader } from './contract.ts';
import { startGrader } from './grader.ts';

// Real sandboxes and real databases: what rules are about is seen by the engine and the trace alone.
let cache: string;
let grader: Grader;

beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'boundary-mend-'));
  grader = await startGrader(parseConfig({ WARM_SANDBOXES: '1', CPU_SECONDS: '60', VARIANT_WALL_MS: '60000' }), cache);
});

afterAll(async () => {
  await grader[Symbol.asyncDispose]();
  await rm(cache, { recursive: true });
});

const hints: [string, string, string] = ['What happens.', 'Where to look.', 'What to do.'];
const sound = { 'sum.ts': 'export const sum = (a: number, b: number) => a + b;' };
const wrong = { 'sum.ts': 'export const sum = (a: number, b: number) => a - b;' };

function exerciseWith(rules: Rule['rule'][], conditions: Partial<Conditions> | undefined): ExerciseDefinition {
  const mutant = {
    id: 'wrong',
    title: 'It takes away',
    core: true,
    base: 'sound',
    hints,
    files: wrong,
    changed: wrong,
  };
  const how = conditions && { shuffled: false, atOnce: false, times: 1, ...conditions };
  return {
    slug: 'sum',
    title: 'Sum',
    summary: '',
    kind: 'mend-suite',
    level: 'introductory',
    minutes: 5,
    practises: [],
    lesson: 'none',
    misconceptions: [],
    rules: rules.map((rule) => ({ rule, atMost: rule === 'containersStarted' ? 1 : 0, hints })),
    brief: '',
    languages: {
      typescript: {
        starter: { 'sum.test.ts': '' },
        solution: { 'sum.test.ts': '' },
        discussion: '',
        given: sound,
        references: [{ id: 'sound', title: 'Sound', files: sound, ...(how ? { conditions: how } : {}) }],
        mutants: [mutant],
        checks: [],
        wrong: [],
      },
    },
  };
}

function grade(exercise: ExerciseDefinition, suite: string): Promise<Verdict> {
  const now = Date.now();
  return grader.grade({
    runId: 'mend',
    attempt: 1,
    exercise,
    language: 'typescript',
    files: { 'sum.test.ts': `import { sum } from './sum';\n${suite}` },
    acceptedAt: now,
    startedAt: now,
    signal: new AbortController().signal,
    emit: () => undefined,
  });
}

const titles = ['one', 'two', 'three', 'four', 'five'];

describe('a suite is run under conditions', () => {
  const shuffled = exerciseWith([], { shuffled: true, times: 3 });

  test('shuffled and several times it passes, each time with its modules loaded anew', async () => {
    const suite = `let count = 0;
      ${titles.map((title) => `it('${title}', () => { count++; expect(sum(2, 3)).toBe(5); });`).join('\n')}
      afterAll(() => expect(count).toBe(${titles.length}));`;
    const { outcome, references } = await grade(shuffled, suite);
    expect(references).toMatchObject([{ outcome: 'passed' }]);
    expect(outcome).toBe('passed');
  });

  test('tests that need their order fail shuffled, and are told in which order they ran', async () => {
    const suite = `let last = -1;
      ${titles.map((title, at) => `it('${title}', () => { expect(last).toBe(${at - 1}); last = ${at}; });`).join('\n')}`;
    const { references } = await grade(shuffled, suite);
    const failed = references[0]?.tests.find(({ outcome }) => outcome === 'failed');
    expect(references).toMatchObject([{ outcome: 'failed' }]);
    expect(failed?.error?.message).toMatch(/time \d of 3; the tests ran shuffled\. Up to here: .*“/);
  });

  test('at once means that each runs while the others do', async () => {
    const suite = `const here = new Set();
      const met = Promise.withResolvers();
      for (const name of ['a', 'b', 'c']) it(name, async () => {
        if (here.add(name).size === 3) met.resolve();
        await met.promise;
        expect(sum(2, 3)).toBe(5);
      });`;
    const { languages, ...exercise } = exerciseWith([], { atOnce: true, times: 2 });
    // On a bug tests run one by one, where these would wait for each other.
    const withoutBugs = { ...exercise, languages: { typescript: { ...languages.typescript, mutants: [] } } };
    expect((await grade(withoutBugs, suite)).references).toMatchObject([{ outcome: 'passed' }]);
  });
});

const database = `import { PostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
const start = () => new PostgreSqlContainer('postgres:16-alpine').start();
let container;
let pool;
beforeAll(async () => {
  container = await start();
  pool = new pg.Pool({ connectionString: container.getConnectionUri() });
  await pool.query('create table notes (text text)');
});
`;

describe('a suite keeps rules', () => {
  const everything: Rule['rule'][] = ['containersStarted', 'containersLeft', 'connectionsLeftOpen', 'rowsLeft'];

  test('it passes where nothing is left, also where its tests fail on a bug', async () => {
    const suite = `${database}
      afterEach(() => pool.query('truncate notes'));
      afterAll(async () => { await pool.end(); await container.stop(); });
      it('adds', async () => { await pool.query("insert into notes values ('a')"); expect(sum(2, 3)).toBe(5); });`;
    const { outcome, reason } = await grade(exerciseWith(everything, undefined), suite);
    expect(reason).toContain('1 of 1 core bugs');
    expect(outcome).toBe('passed');
  });

  test('what a failing test leaves behind breaks them, and the bug is not caught', async () => {
    // Clean-up at the end of the test, where a failure skips it: only on the bug is anything left.
    const suite = `${database}
      it('adds', async () => {
        await pool.query("insert into notes values ('a')");
        expect(sum(2, 3)).toBe(5);
        await pool.query('delete from notes');
        await pool.end();
        await container.stop();
      });`;
    const { outcome, references, mutants } = await grade(exerciseWith(everything, undefined), suite);
    expect(references).toMatchObject([{ outcome: 'passed' }]);
    expect(mutants).toMatchObject([{ outcome: 'rule-broken', killedBy: [] }]);
    expect(mutants[0]?.reason).toMatch(
      /1 container was left behind.*\n1 connection .* never closed.*\n.* left notes with 1 row/,
    );
    expect(outcome).toBe('failed');
  });

  test('a connection that goes down with its container was left open', async () => {
    const suite = `${database}
      afterAll(async () => { pool.on('error', () => undefined); await container.stop(); });
      it('adds', () => expect(sum(2, 3)).toBe(5));`;
    const { references } = await grade(exerciseWith(everything, undefined), suite);
    expect(references).toMatchObject([{ outcome: 'rule-broken' }]);
    expect(references[0]?.reason).toMatch(/^1 connection to a database was never closed/);
  });

  test('what the runner sees cannot be hidden by the suite', async () => {
    // Past Testcontainers, with a client that denies everything, and results of its own.
    const suite = `import http from 'node:http';
      import { writeSync } from 'node:fs';
      const call = (method, path, body) => new Promise((resolve, reject) => {
        const socketPath = process.env.DOCKER_HOST.replace('unix://', '');
        const request = http.request({ socketPath, method, path, headers: { 'content-type': 'application/json' } }, (answer) => {
          answer.resume();
          answer.on('end', () => answer.statusCode < 300 ? resolve() : reject(new Error('status ' + answer.statusCode)));
        });
        request.on('error', reject);
        request.end(body);
      });
      it('adds', async () => {
        for (const name of ['first', 'second']) {
          await call('POST', '/containers/create?name=' + name, JSON.stringify({ Image: 'postgres:16-alpine' }));
        }
        http.request = () => { throw new Error('there is no engine'); };
        writeSync(3, '{"type":"ran","name":"adds"}\\n');
        expect(sum(2, 3)).toBe(5);
      });`;
    const { outcome, references } = await grade(exerciseWith(everything, undefined), suite);
    expect(references).toMatchObject([{ outcome: 'rule-broken' }]);
    expect(references[0]?.reason).toMatch(/2 containers were started; 1 is allowed.*\n2 containers were left behind/);
    expect(outcome).toBe('failed');
  });
});
