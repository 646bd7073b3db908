import { expect, test } from 'vitest';
import type { Rule } from '../../exercises/format.ts';
import { brokenRules, type Seen } from './rules.ts';

const hints: Rule['hints'] = ['What happens.', 'Where to look.', 'What to do.'];
const rules: Rule[] = [
  { rule: 'containersStarted', atMost: 1, hints },
  { rule: 'containersLeft', atMost: 0, hints },
  { rule: 'connectionsLeftOpen', atMost: 0, hints },
  { rule: 'rowsLeft', atMost: 0, hints },
];
const nothing: Seen = { containersStarted: [undefined], containersLeft: 0, connectionsLeftOpen: 0, rowsLeft: [] };

test('what is allowed is allowed for each time that the suite is run', () => {
  expect(brokenRules(rules, nothing, 1)).toBeUndefined();
  const thrice = { ...nothing, containersStarted: [undefined, undefined, undefined] };
  expect(brokenRules(rules, thrice, 3)).toBeUndefined();
  expect(brokenRules(rules, thrice, 1)).toEqual({
    rules: ['containersStarted'],
    words: '3 containers were started; 1 is allowed. Start one in beforeAll, and keep the tests apart within it.',
  });
});

test('words say what was seen, in which test, and what to do', () => {
  const row = (test: string) => ({ test, table: 'orders', before: 0, after: 1 });
  const seen: Seen = {
    containersStarted: ['adds', 'takes', 'adds'],
    containersLeft: 2,
    connectionsLeftOpen: 1,
    rowsLeft: [row('a'), { ...row('b'), before: 1 }, { ...row('c'), why: 'the server does not answer' }, row('d')],
  };
  const { rules: broken, words: said } = brokenRules(rules, seen, 1) ?? {};
  expect(broken).toEqual(rules.map(({ rule }) => rule));
  expect(said).toContain('2 tests asked for one: “adds” and “takes”.');
  expect(said).toContain('2 containers were left behind');
  expect(said).toContain('1 connection to a database was never closed');
  expect(said).toContain('“a” left orders with 1 row, where there were 0.');
  expect(said).toContain('“b” left other rows in orders than there were before.');
  expect(said).toContain('After “c” the tables could not be looked at: the server does not answer.');
  expect(said).toContain('There is 1 more like these.');
  // One line for each rule.
  expect(said?.split('\n')).toHaveLength(4);
});
