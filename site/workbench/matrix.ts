/** The kill matrix, as data: which column stands where, and what each cell says. */
import type { MutantOutcome, Outcome, TestError } from '../../runner/protocol.ts';
import type { RunState, TestResult, VariantState } from './run-state.ts';

export type Group = 'reference' | 'core' | 'bonus';
export type ColumnResult = Outcome | MutantOutcome | 'waiting' | 'running';
export type Column = {
  id: string;
  group: Group;
  /** Short name in the table's head: C for correct, B for bug, + for bonus. */
  code: string;
  title: string;
  result: ColumnResult;
  reason: string | null;
  /** What failed outside of the tests: on loading a file, or in its hooks. */
  error: TestError | null;
  variant: VariantState | null;
};
export type Cell = 'passes' | 'fails' | 'catches' | 'misses' | 'skipped' | 'silent' | 'waiting' | 'running';
export type Matrix = {
  /** What every test’s name begins with, such as `Users > `; the rows’ labels leave it out. */
  suite: string;
  columns: readonly Column[];
  rows: readonly { test: string; cells: readonly Cell[] }[];
  /** Full names of tests that have not reported yet; their rows are only room. */
  toCome: readonly string[];
  hiddenRows: number;
};

/** Rows that are drawn; a suite made in a loop can have thousands. */
export const ROW_CAP = 150;

const prefix: Record<Group, string> = { reference: 'C', core: 'B', bonus: '+' };

/** What an exercise says of its variants before they run. */
type Planned = {
  references: readonly { id: string; title: string }[];
  mutants: readonly { id: string; title: string; core: boolean }[];
};

/** Columns come from the exercise before a run starts and from the run after, in the same order. */
export function matrixOf(exercise: Planned, run: RunState, toCome: readonly string[] = []): Matrix {
  const columns = columnsOf(exercise, run);
  return {
    columns,
    suite: sharedSuite([...run.tests, ...toCome]),
    toCome,
    rows: run.tests.slice(0, ROW_CAP).map((test) => ({ test, cells: columns.map((column) => cellOf(column, test)) })),
    hiddenRows: Math.max(0, run.tests.length - ROW_CAP),
  };
}

function columnsOf(exercise: Planned, run: RunState): Column[] {
  const known =
    run.variants.length > 0
      ? run.variants
      : [
          ...exercise.references.map((item) => ({ ...item, kind: 'reference' as const, core: true })),
          ...exercise.mutants.map((item) => ({ ...item, kind: 'mutant' as const })),
        ];
  const group = (item: { kind: string; core: boolean }): Group =>
    item.kind === 'reference' ? 'reference' : item.core ? 'core' : 'bonus';
  return (['reference', 'core', 'bonus'] as const).flatMap((wanted) =>
    known
      .filter((item) => group(item) === wanted)
      .map((item, index) => {
        const variant = run.variants.find(({ id }) => id === item.id) ?? null;
        return {
          id: item.id,
          group: wanted,
          code: `${prefix[wanted]}${index + 1}`,
          title: item.title,
          variant,
          ...resultOf(wanted, item.id, variant, run),
        };
      }),
  );
}

function resultOf(group: Group, id: string, variant: VariantState | null, run: RunState) {
  const reference = group === 'reference' ? run.verdict?.references.find((item) => item.id === id) : undefined;
  const mutant = group === 'reference' ? undefined : run.verdict?.mutants.find((item) => item.id === id);
  const judged = reference ?? mutant;
  const told = { reason: variant?.reason ?? null, error: variant?.error ?? null };
  if (judged) {
    const { reason = told.reason } = judged;
    return { result: judged.outcome as ColumnResult, reason, error: reference?.error ?? told.error };
  }
  if (!variant || variant.state === 'waiting' || variant.outcome === null) {
    const begun = variant?.state === 'running' ? ('running' as const) : ('waiting' as const);
    return { result: run.phase === 'finished' ? ('not-run' as const) : begun, ...told };
  }
  return { result: group === 'reference' ? variant.outcome : onMutant(variant.outcome), ...told };
}

/** On a bug a failing suite is the aim: it caught the bug. Anything but a pass or a failure shows nothing. */
function onMutant(outcome: Outcome): ColumnResult {
  if (outcome === 'failed') return 'killed';
  if (outcome === 'passed') return 'survived';
  return outcome;
}

function cellOf({ group, variant, result }: Column, test: string): Cell {
  const reported: TestResult | undefined = variant?.tests.get(test);
  if (!reported) return unreported(result);
  if (reported.outcome === 'skipped') return 'skipped';
  if (group === 'reference') return reported.outcome === 'passed' ? 'passes' : 'fails';
  return reported.outcome === 'failed' ? 'catches' : 'misses';
}

/** The cell of a test that has not reported on a variant: it still may, or it never will. */
export function unreported(result: ColumnResult): Cell {
  return result === 'waiting' || result === 'running' ? result : 'silent';
}

/** The suites that all the tests share, as the beginning of their full names. */
export function sharedSuite(tests: readonly string[]): string {
  const [first = ''] = tests;
  const parts = first.split(' > ').slice(0, -1);
  while (parts.length > 0) {
    const suite = `${parts.join(' > ')} > `;
    if (tests.every((test) => test.startsWith(suite))) return suite;
    parts.pop();
  }
  return '';
}
