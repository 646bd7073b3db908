import { expect, it } from 'vitest';
import type { Cell, ColumnResult, Group, Matrix } from './matrix.ts';
import { headOf, mostTelling, resultSign } from './matrix-words.ts';

function column(code: string, group: Group, result: ColumnResult) {
  return { id: code, code, group, result, title: `title of ${code}`, reason: null, error: null, variant: null };
}

/** Two correct implementations, a core bug and a bonus bug. */
function matrix(results: ColumnResult[], rows: Record<string, Cell[]>): Matrix {
  const [c1 = 'passed', c2 = 'passed', b1 = 'killed', bonus = 'killed'] = results;
  return {
    suite: '',
    columns: [
      column('C1', 'reference', c1),
      column('C2', 'reference', c2),
      column('+1', 'bonus', bonus),
      column('B1', 'core', b1),
    ],
    rows: Object.entries(rows).map(([test, cells]) => ({ test, cells })),
    toCome: [],
    hiddenRows: 0,
  };
}

it('names what to look at next: what is wrong on correct code, else a bug that got through, a core bug first', () => {
  const wrong = matrix(['passed', 'failed', 'not-run', 'not-run'], {
    'Users > a': ['passes', 'fails', 'silent', 'silent'],
  });
  expect(mostTelling(wrong)).toBe('C2, “title of C2”: fails');
  const stopped = matrix(['passed', 'rule-broken', 'not-run', 'not-run'], {
    a: ['passes', 'passes', 'silent', 'silent'],
  });
  const columns = stopped.columns.map((one) =>
    one.code === 'C2' ? { ...one, reason: '6 containers were started.' } : one,
  );
  expect(mostTelling({ ...stopped, columns })).toBe('C2, “title of C2”: 6 containers were started.');
  const survived = matrix(['passed', 'passed', 'survived', 'survived'], {
    a: ['passes', 'passes', 'misses', 'misses'],
    b: ['passes', 'passes', 'misses', 'misses'],
  });
  expect(mostTelling(survived)).toBe('B1, “title of B1”: got past all of your 2 tests. Its hints are below.');
  const bonus = matrix(['passed', 'passed', 'killed', 'survived'], { a: ['passes', 'passes', 'misses', 'catches'] });
  expect(mostTelling(bonus)).toBe('+1, “title of +1”: got past your one test. Its hints are below.');
});

it('says of a finished exercise which test catches nothing, or which bugs rest on one', () => {
  const idle = { a: ['passes', 'passes', 'catches', 'catches'], 'Users > b': ['passes', 'passes', 'misses', 'misses'] };
  expect(mostTelling(matrix([], idle as Record<string, Cell[]>))).toMatch(/^“b” catches none of these bugs\. Choose/);
  const alone = { a: ['passes', 'passes', 'catches', 'misses'], b: ['passes', 'passes', 'catches', 'catches'] };
  expect(mostTelling(matrix([], alone as Record<string, Cell[]>))).toMatch(/^“b” alone catches B1\. Choose/);
  const twice = { a: ['passes', 'passes', 'catches', 'catches'], b: ['passes', 'passes', 'catches', 'catches'] };
  expect(mostTelling(matrix([], twice as Record<string, Cell[]>))).toMatch(
    /^Each bug is caught by two tests or more\./,
  );
});

it('says how to read it as long as it says nothing yet', () => {
  const going = matrix(['passed', 'passed', 'killed', 'running'], { a: ['passes', 'passes', 'running', 'catches'] });
  expect(mostTelling(going)).toMatch(/^Choose a cell/);
  expect(mostTelling(matrix(['waiting', 'waiting', 'waiting', 'waiting'], {}))).toMatch(/^Choose a cell/);
});

it('says of a whole column what became of it, and of several rules that it broke the first', () => {
  expect(headOf(column('B1', 'core', 'survived'))).toBe('B1, “title of B1”: survived');
  expect(headOf(column('B1', 'core', 'waiting'))).toBe('B1, “title of B1”');
  const broken = { ...column('B1', 'core', 'rule-broken'), reason: 'A container was left.\nA row was left.' };
  expect(headOf(broken)).toBe('B1, “title of B1”: A container was left.');
});

it('has the same sign for a column’s result as for a cell that says as much', () => {
  expect(['passed', 'failed', 'killed', 'survived'].map((result) => resultSign(result as ColumnResult))).toEqual([
    'check',
    'cross',
    'caught',
    'missed',
  ]);
  expect(resultSign('memory-limit')).toBe('stop');
});
