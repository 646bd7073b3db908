import { expect, it } from 'vitest';
import type { EventBody } from '../../runner/protocol.ts';
import { type ColumnResult, matrixOf } from './matrix.ts';
import { ruleState } from './rule-state.ts';
import { emptyRun, runReducer } from './run-state.ts';

/** A correct implementation and a bug, each with the rules that the suite broke on it. */
function columns(reference: ColumnResult, mutant: ColumnResult, broken: { c1?: string[]; b1?: string[] } = {}) {
  const planned = { references: [{ id: 'r', title: '' }], mutants: [{ id: 'm', title: '', core: true }], checks: [] };
  const variants = [
    { id: 'r', title: '', kind: 'reference' as const, core: true },
    { id: 'm', title: '', kind: 'mutant' as const, core: true },
  ];
  const ended = (variant: string, rules: string[] = []): EventBody => {
    const outcome = rules.length > 0 ? 'rule-broken' : 'failed';
    return { type: 'variant-finished', variant, outcome, ms: 1, rules };
  };
  const engine = { backend: 'sandbox' as const, containment: 'none' as const, postgres: [], node: '', vitest: '' };
  const limits = { variantWallMs: 1, runWallMs: 1, memoryBytes: 1, processes: 1, outputBytes: 1 };
  const started: EventBody = { type: 'started', attempt: 1, engine, limits, variants };
  const run = [started, ended('r', broken.c1), ended('m', broken.b1)].reduce(
    (state, body) => runReducer(state, { seq: state.lastSeq + 1, at: '2026-01-01T00:00:00Z', ...body }),
    emptyRun,
  );
  const results = [reference, mutant];
  return matrixOf(planned, run).columns.map((column, place) => ({ ...column, result: results[place] ?? 'passed' }));
}

it('says where a rule was broken, and of no other rule', () => {
  const all = columns('passed', 'rule-broken', { b1: ['rowsLeft'] });
  expect(ruleState('rowsLeft', all).broken.map(({ code }) => code)).toEqual(['B1']);
  expect(ruleState('containersLeft', all)).toEqual({ broken: [], kept: true });
});

it('calls a rule kept only when every column has come to its end', () => {
  expect(ruleState('rowsLeft', columns('passed', 'killed')).kept).toBe(true);
  expect(ruleState('rowsLeft', columns('passed', 'running')).kept).toBe(false);
  expect(ruleState('rowsLeft', columns('failed', 'not-run')).kept).toBe(false);
  expect(ruleState('rowsLeft', columns('passed', 'timed-out')).kept).toBe(false);
});
