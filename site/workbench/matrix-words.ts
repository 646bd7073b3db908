import type { ComponentProps } from 'react';
import type { ExerciseKind } from './exercise-props.ts';
import type { Icon } from './icons.tsx';
import type { Cell, Column, ColumnResult, Group, Matrix } from './matrix.ts';
import { inWords, milliseconds, resultInWords } from './words.ts';

type Sign = ComponentProps<typeof Icon>['sign'];

export const cells: Record<Cell, { sign: Sign; words: string }> = {
  passes: { sign: 'check', words: 'passes' },
  fails: { sign: 'cross', words: 'fails' },
  catches: { sign: 'caught', words: 'catches it' },
  misses: { sign: 'missed', words: 'misses it' },
  skipped: { sign: 'skip', words: 'skipped' },
  silent: { sign: 'dash', words: 'no result' },
  elsewhere: { sign: 'none', words: 'belongs to another check' },
  waiting: { sign: 'dot', words: 'waiting' },
  running: { sign: 'dot', words: 'running' },
};

export const groups: Record<Group, string> = {
  reference: 'Correct: must pass',
  core: 'Bugs to catch',
  bonus: 'Bonus bugs',
  check: 'Checks to pass',
  extra: 'Bonus checks',
};

/** What the matrix is called and says of itself, by the kind of exercise. */
export const matrixWords: Record<ExerciseKind, { name: string; tests: string; caption: string; legend: Cell[] }> = {
  'write-tests': {
    name: 'Kill matrix',
    tests: 'Your tests',
    caption:
      'Kill matrix: each row is one of your tests, each column a correct implementation or a planted bug. The arrow keys move in it.',
    legend: ['passes', 'fails', 'catches', 'misses'],
  },
  'mend-suite': {
    name: 'Kill matrix',
    tests: 'The suite’s tests',
    caption:
      'Kill matrix: each row is a test of the suite, each column a correct implementation, with how the suite is run on it, or a planted bug. The arrow keys move in it.',
    legend: ['passes', 'fails', 'catches', 'misses'],
  },
  'write-code': {
    name: 'Check matrix',
    tests: 'Hidden tests',
    caption:
      'Check matrix: each column is a promise that your code has to keep, each row a hidden test of it. The arrow keys move in it.',
    legend: ['passes', 'fails'],
  },
};

export function resultWords(result: ColumnResult): string {
  if (result === 'waiting') return '–';
  return result === 'running' ? 'running' : inWords(result);
}

const resultSigns: Partial<Record<ColumnResult, Sign>> = {
  passed: 'check',
  failed: 'cross',
  killed: 'caught',
  survived: 'missed',
  'rule-broken': 'cross',
  waiting: 'dot',
  running: 'dot',
  cancelled: 'dash',
  'not-run': 'dash',
  'timed-out': 'clock',
};

/** Stands for a column’s result where its words do not fit. */
export function resultSign(result: ColumnResult): Sign {
  return resultSigns[result] ?? 'stop';
}

/** A whole column in a sentence: what it is, and what became of it. */
export function headOf({ code, title, result, reason }: Column): string {
  const said = reason ? firstLine(reason) : resultInWords(result);
  return `${code}, “${title}”${said ? `: ${said}` : ''}`;
}

/** One cell in a sentence, with what the test said there. */
export function sentenceOf(column: Column, test: string, cell: Cell): string {
  const reported = column.variant?.tests.get(test);
  const took = reported ? ` in ${milliseconds(reported.ms)}` : '';
  const said = reported?.error ? `: ${firstLine(reported.error.message)}` : '';
  return `${column.code}, “${column.title}”: ${cells[cell].words}${took}${said}`;
}

const howToRead = 'Choose a cell to read it in words; the arrow keys go from one to the next.';

/** What matters most in a matrix, while nobody has chosen a cell of it: what to look at next. */
export function mostTelling({ columns, rows }: Matrix): string {
  for (const [index, column] of columns.entries()) {
    const row = rows.find(({ cells: states }) => states[index] === 'fails');
    if (row) return sentenceOf(column, row.test, 'fails');
  }
  const stopped = columns.find(
    ({ group, result, reason }) =>
      reason !== null && (group === 'reference' || group === 'check') && result !== 'passed',
  );
  if (stopped) return headOf(stopped);
  const survivor =
    columns.find(({ group, result }) => group === 'core' && result === 'survived') ??
    columns.find(({ result }) => result === 'survived');
  if (survivor) {
    const tests = rows.length === 1 ? 'your one test' : `all of your ${rows.length} tests`;
    return `${survivor.code}, “${survivor.title}”: got past ${tests}. Its hints are below.`;
  }
  const caught = columns.filter(({ result }) => result === 'killed');
  if (caught.length === 0 || columns.some(({ result }) => result === 'waiting' || result === 'running')) {
    return howToRead;
  }
  const idle = rows.find(({ cells: states }) => !states.includes('catches'));
  if (idle) return `“${lastPart(idle.test)}” catches none of these bugs. ${howToRead}`;
  for (const { test, cells: states } of rows) {
    const only = columns.filter(
      (_, index) => states[index] === 'catches' && rows.filter((row) => row.cells[index] === 'catches').length === 1,
    );
    if (only.length === 0) continue;
    const codes = only.map(({ code }) => code).join(', ');
    return `“${lastPart(test)}” alone catches ${codes}. ${howToRead}`;
  }
  return `Each bug is caught by two tests or more. ${howToRead}`;
}

/** A test's own title, without its suites. */
function lastPart(test: string): string {
  return test.split(' > ').at(-1) ?? test;
}

function firstLine(message: string): string {
  const [line = ''] = message.trim().split('\n');
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
