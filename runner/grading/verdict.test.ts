import { expect, test } from 'vitest';
import type { VariantResult } from './variant-result.ts';
import type { VariantToRun } from './variants.ts';
import { computeVerdict } from './verdict.ts';

const variant = (id: string, kind: VariantToRun['kind'], core = true): VariantToRun => ({
  id,
  kind,
  title: `title of ${id}`,
  core,
  files: {},
});
const variants = [variant('plain', 'reference'), variant('lost', 'mutant'), variant('doubled', 'mutant')];

function result(outcome: VariantResult['outcome'], test: 'passed' | 'failed' = 'passed'): VariantResult {
  return {
    outcome,
    tests: [{ name: 'stores', outcome: test, ms: 1, timedOut: false }],
    faults: [],
    record: {} as VariantResult['record'],
    bootMs: 0,
    databaseMs: 0,
    testsMs: 0,
  };
}

function verdictOf(outOfTime: boolean, results: Record<string, VariantResult>) {
  const timings = { queue: 0, boot: 0, database: 0, tests: 0, total: 0 };
  const about = { variants, partial: false, cancelled: false, outOfTime, timings };
  return computeVerdict({ ...about, results: new Map(Object.entries({ plain: result('passed'), ...results })) });
}

test('a bug that the time of the run did not suffice for is not called missed', () => {
  const verdict = verdictOf(true, { lost: result('failed', 'failed') });
  expect(verdict).toMatchObject({
    outcome: 'timed-out',
    reason: expect.stringContaining('1 of 2 core bugs and 0 of 0 bonus bugs were caught before the time'),
  });
  expect(verdict.mutants.map(({ outcome }) => outcome)).toEqual(['killed', 'not-run']);
});

test('a bug that was missed in time is told, and that others were not tried', () => {
  expect(verdictOf(true, { doubled: result('passed') })).toMatchObject({
    outcome: 'failed',
    reason: expect.stringMatching(/“title of doubled” and 1 more\. The time of the whole run was over/),
  });
});

test('all caught in time is a pass, whatever ended then', () => {
  const killed = result('failed', 'failed');
  expect(verdictOf(true, { lost: killed, doubled: killed }).outcome).toBe('passed');
  expect(verdictOf(false, { lost: killed, doubled: result('passed') }).outcome).toBe('failed');
});

test('of several rules that a suite broke, the verdict tells the first and counts the others', () => {
  const unruly = (reason: string) => ({ ...result('rule-broken', 'failed'), reason });
  const told = (reason: string) => verdictOf(false, { lost: unruly(reason), doubled: unruly(reason) }).reason;
  expect(told('A row is left.')).toMatch(/\(“title of lost”\): A row is left\.$/);
  expect(told('A row is left.\nA container is left.')).toMatch(/: A row is left\. One more rule is broken\.$/);
  expect(told('A.\nB.\nC.')).toMatch(/: A\. 2 more rules are broken\.$/);
});
