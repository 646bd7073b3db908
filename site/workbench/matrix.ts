/** The matrix of tests and variants, as data: which column stands where, and what each cell says. */
import type { MutantOutcome, Outcome, TestError } from '../../runner/protocol.ts';
import type { RunState, TestResult, VariantState } from './run-state.ts';

/** In the order in which they stand. Where code is written there are checks, elsewhere the others. */
export const GROUPS = ['reference', 'core', 'bonus', 'check', 'extra'] as const;
export type Group = (typeof GROUPS)[number];
export type ColumnResult = Outcome | MutantOutcome | 'waiting' | 'running';
export type Column = {
  id: string;
  group: Group;
  /** Short name in the table's head: C for correct or for check, B for bug, + for bonus. */
  code: string;
  title: string;
  result: ColumnResult;
  reason: string | null;
  /** What failed outside of the tests: on loading a file, or in its hooks. */
  error: TestError | null;
  variant: VariantState | null;
};
export type Cell =
  | 'passes'
  | 'fails'
  | 'catches'
  | 'misses'
  | 'skipped'
  | 'silent'
  | 'elsewhere'
  | 'waiting'
  | 'running';
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

const prefix: Record<Group, string> = { reference: 'C', core: 'B', bonus: '+', check: 'C', extra: '+' };

/** What an exercise says of its variants before they run. */
type Planned = {
  references: readonly { id: string; title: string }[];
  mutants: readonly { id: string; title: string; core: boolean }[];
  checks: readonly { id: string; title: string; core: boolean }[];
};

/** Columns come from the exercise before a run starts and from the run after, in the same order. */
export function matrixOf(exercise: Planned, run: RunState, toCome: readonly string[] = []): Matrix {
  const columns = columnsOf(exercise, run);
  return {
    columns,
    suite: sharedSuite([...run.tests, ...toCome]),
    toCome,
    rows: byCheck(run.tests, columns)
      .slice(0, ROW_CAP)
      .map((test) => ({ test, cells: columns.map((column) => cellOf(column, test, columns)) })),
    hiddenRows: Math.max(0, run.tests.length - ROW_CAP),
  };
}

/** Tests of one check together, since checks report side by side; others as they came. */
function byCheck(tests: readonly string[], columns: readonly Column[]): readonly string[] {
  const checks = columns.filter(({ group }) => isCheck(group));
  if (checks.length === 0) return tests;
  const placeOf = (test: string) => checks.findIndex(({ variant }) => variant?.tests.has(test));
  return tests.toSorted((a, b) => placeOf(a) - placeOf(b));
}

function columnsOf(exercise: Planned, run: RunState): Column[] {
  const known =
    run.variants.length > 0
      ? run.variants
      : [
          ...exercise.references.map((item) => ({ ...item, kind: 'reference' as const, core: true })),
          ...exercise.mutants.map((item) => ({ ...item, kind: 'mutant' as const })),
          ...exercise.checks.map((item) => ({ ...item, kind: 'check' as const })),
        ];
  return GROUPS.flatMap((wanted) =>
    known
      .filter((item) => groupOf(item) === wanted)
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

function groupOf({ kind, core }: { kind: string; core: boolean }): Group {
  if (kind === 'reference') return 'reference';
  if (kind === 'check') return core ? 'check' : 'extra';
  return core ? 'core' : 'bonus';
}

/** Hidden tests of a promise. */
function isCheck(group: Group): boolean {
  return group === 'check' || group === 'extra';
}

/** Tests should fail on it. */
function isBug(group: Group): boolean {
  return group === 'core' || group === 'bonus';
}

function resultOf(group: Group, id: string, variant: VariantState | null, run: RunState) {
  const reference = group === 'reference' ? run.verdict?.references.find((item) => item.id === id) : undefined;
  const mutant = isBug(group) ? run.verdict?.mutants.find((item) => item.id === id) : undefined;
  const check = isCheck(group) ? run.verdict?.checks?.find((item) => item.id === id) : undefined;
  const judged = reference ?? mutant ?? check;
  const told = { reason: variant?.reason ?? null, error: variant?.error ?? null };
  if (judged) {
    const { reason = told.reason } = judged;
    return { result: judged.outcome as ColumnResult, reason, error: reference?.error ?? told.error };
  }
  if (!variant || variant.state === 'waiting' || variant.outcome === null) {
    const begun = variant?.state === 'running' ? ('running' as const) : ('waiting' as const);
    return { result: run.phase === 'finished' ? ('not-run' as const) : begun, ...told };
  }
  return { result: isBug(group) ? onMutant(variant.outcome) : variant.outcome, ...told };
}

/** On a bug a failing suite is the aim: it caught the bug. Anything but a pass or a failure shows nothing. */
function onMutant(outcome: Outcome): ColumnResult {
  if (outcome === 'failed') return 'killed';
  if (outcome === 'passed') return 'survived';
  return outcome;
}

function cellOf({ group, variant, result }: Column, test: string, columns: readonly Column[]): Cell {
  const reported: TestResult | undefined = variant?.tests.get(test);
  if (!reported) return isCheck(group) && isElsewhere(test, columns) ? 'elsewhere' : unreported(result);
  if (reported.outcome === 'skipped') return 'skipped';
  if (!isBug(group)) return reported.outcome === 'passed' ? 'passes' : 'fails';
  return reported.outcome === 'failed' ? 'catches' : 'misses';
}

/** Each check has tests of its own. */
function isElsewhere(test: string, columns: readonly Column[]): boolean {
  return columns.some(({ group, variant }) => isCheck(group) && variant?.tests.has(test));
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
