import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExerciseDefinition } from '../../exercises/format.ts';
import { parseConfig } from '../config.ts';
import type { EventBody, Verdict } from '../protocol.ts';
import type { Grader } from './contract.ts';
import { startGrader } from './grader.ts';

// Real sandboxes, and an exercise so small that it needs no database.
let cache: string;
let grader: Grader;

beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'boundary-checks-'));
  grader = await startGrader(parseConfig({ VARIANT_WALL_MS: '6000', CPU_SECONDS: '20', WARM_SANDBOXES: '1' }), cache);
});

afterAll(async () => {
  await grader[Symbol.asyncDispose]();
  await rm(cache, { recursive: true });
});

const hints: [string, string, string] = ['What happens.', 'Where to look.', 'What to do.'];
const check = (id: string, core: boolean, body: string) => ({
  id,
  title: `It ${id}`,
  core,
  hints,
  tests: {},
  files: { [`${id}.test.ts`]: `import { sum } from './sum';\ndescribe('sum', () => {\n${body}\n});` },
});

const exercise: ExerciseDefinition = {
  slug: 'sum',
  title: 'Sum',
  summary: '',
  kind: 'write-code',
  level: 'introductory',
  minutes: 5,
  practises: [],
  lesson: 'none',
  misconceptions: [],
  brief: '',
  languages: {
    typescript: {
      starter: { 'sum.ts': '' },
      solution: { 'sum.ts': '' },
      discussion: '',
      given: {},
      references: [],
      mutants: [],
      checks: [
        check('bonus', false, "it('adds none', () => expect(sum()).toBe(0));"),
        check(
          'adds',
          true,
          "it('adds two', () => expect(sum(1, 2)).toBe(3)); it('adds one', () => expect(sum(4)).toBe(4));",
        ),
        check('texts', true, "it('refuses a text', () => expect(() => sum('1')).toThrow());"),
      ],
      wrong: [],
    },
  },
};

async function grade(code: string, only?: string): Promise<{ verdict: Verdict; events: EventBody[] }> {
  const events: EventBody[] = [];
  const now = Date.now();
  const verdict = await grader.grade({
    runId: 'test',
    attempt: 1,
    exercise,
    language: 'typescript',
    files: { 'sum.ts': code },
    acceptedAt: now,
    startedAt: now,
    signal: new AbortController().signal,
    emit: (event) => events.push(event),
    ...(only === undefined ? {} : { only }),
  });
  return { verdict, events };
}

const outcomes = ({ checks = [] }: Verdict) => Object.fromEntries(checks.map(({ id, outcome }) => [id, outcome]));
const adding = 'return numbers.reduce((all, one) => all + one, 0);';
const right = `export function sum(...numbers) { if (!numbers.every(Number.isFinite)) throw new Error('no'); ${adding} }`;

describe('code that hidden tests check', () => {
  test('passes where every core check does, and the bonus is told apart', async () => {
    const { verdict, events } = await grade(right);
    expect(verdict).toMatchObject({ outcome: 'passed', references: [], mutants: [] });
    expect(verdict.reason).toBe('2 of 2 core checks and 1 of 1 bonus checks passed.');
    expect(outcomes(verdict)).toEqual({ adds: 'passed', texts: 'passed', bonus: 'passed' });
    const [started] = events;
    expect(started?.type === 'started' && started.variants.map(({ id, kind }) => [id, kind])).toEqual([
      ['adds', 'check'],
      ['texts', 'check'],
      ['bonus', 'check'],
    ]);
    // A bonus is not needed.
    expect(
      (await grade(right.replace('if (', "if (numbers.length === 0) throw new Error('none'); if ("))).verdict,
    ).toMatchObject({
      outcome: 'passed',
      reason: '2 of 2 core checks and 0 of 1 bonus checks passed.',
    });
  });

  test('fails on the checks that it does not pass, with what a hidden test says', async () => {
    const { verdict, events } = await grade(`export function sum(...numbers) { ${adding} }`);
    expect(verdict.outcome).toBe('failed');
    expect(outcomes(verdict)).toEqual({ adds: 'passed', texts: 'failed', bonus: 'passed' });
    expect(verdict.reason).toMatch(
      /^1 of 2 core checks and 1 of 1 bonus checks passed\. “It texts” did not\. “sum > refuses a text” says/,
    );
    const told = events.find((event) => event.type === 'test' && event.outcome === 'failed');
    expect(told).toMatchObject({
      variant: 'texts',
      name: 'sum > refuses a text',
      error: { at: { file: 'texts.test.ts' } },
    });
  });

  test('runs one hidden test alone, which passes nothing; checks without it are not run', async () => {
    const { verdict } = await grade(right, 'sum > adds two');
    expect(verdict).toMatchObject({ outcome: 'failed', partial: true, reason: expect.stringContaining('it passed') });
    expect(outcomes(verdict)).toEqual({ adds: 'passed', texts: 'not-run', bonus: 'not-run' });
  });

  test('fails on a syntax error, which is told with its place in the learner’s file', async () => {
    const { verdict, events } = await grade('export function sum(\n{');
    expect(verdict).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('Your code could not be loaded'),
    });
    const ended = events.flatMap((event) => (event.type === 'variant-finished' ? [event.error?.at?.file] : []));
    expect(ended).toEqual(['sum.ts', 'sum.ts', 'sum.ts']);
  });

  test.each([['an exit', 'process.exit(0); export const sum = 1;', /process\.exit/]])(
    'fails on %s',
    async (_, code, reason) => {
      const { verdict } = await grade(code);
      expect(verdict).toMatchObject({ outcome: 'failed', reason: expect.stringMatching(reason) });
    },
  );

  test('fails by the limit on a loop that one check meets; the others are still checked', async () => {
    const { verdict } = await grade(right.replace('if (', "if (numbers[0] === '1') for (;;); if ("));
    expect(verdict).toMatchObject({ outcome: 'timed-out', reason: expect.stringContaining('“It texts” did not') });
    expect(outcomes(verdict)).toEqual({ adds: 'passed', texts: 'timed-out', bonus: 'passed' });
  });
});
