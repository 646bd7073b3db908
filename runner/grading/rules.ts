import type { Rule } from '../../exercises/format.ts';
import type { RowsLeft } from './rows-left.ts';

/** What was seen of a suite by the time that it had ended, its hooks too, and before anything was cleared away. */
export type Seen = {
  /** In the turn of which test each container was asked for; undefined between tests. */
  containersStarted: readonly (string | undefined)[];
  containersLeft: number;
  connectionsLeftOpen: number;
  rowsLeft: readonly RowsLeft[];
};

const words: Record<Rule['rule'], (seen: Seen, atMost: number) => string> = {
  containersStarted: ({ containersStarted: turns }, atMost) => {
    const inTests = [...new Set(turns.filter((turn) => turn !== undefined))];
    const where = inTests.length > 0 ? ` ${counted(inTests.length, 'test')} asked for one: ${quoted(inTests)}.` : '';
    return `${counted(turns.length, 'container')} ${were(turns.length)} started; ${atMost} ${atMost === 1 ? 'is' : 'are'} allowed.${where} Start one in beforeAll, and keep the tests apart within it.`;
  },
  containersLeft: ({ containersLeft: left }) =>
    `${counted(left, 'container')} ${were(left)} left behind when the suite had ended. Stop what was started where a failure cannot skip it: in afterAll or afterEach, or with onTestFinished or “await using”.`,
  connectionsLeftOpen: ({ connectionsLeftOpen: open }) =>
    `${counted(open, 'connection')} to a database ${were(open)} never closed. Whoever opens a pool or a client ends it, before the container is stopped, where a failure cannot skip it: in afterAll or afterEach, or with onTestFinished.`,
  rowsLeft: ({ rowsLeft }) => `${rowsLeft.slice(0, 3).map(rowWords).join(' ')} ${rowsAdvice(rowsLeft)}`,
};

export type Broken = {
  rules: readonly Rule['rule'][];
  /** A line for each. */
  words: string;
};

/** Which rules were broken; undefined if all were kept. What is allowed is so for each time that the suite was run. */
export function brokenRules(rules: readonly Rule[], seen: Seen, times: number): Broken | undefined {
  const broken = rules.filter(({ rule, atMost }) => amountOf(seen[rule]) > atMost * times);
  if (broken.length === 0) return undefined;
  return {
    rules: broken.map(({ rule }) => rule),
    words: broken.map(({ rule, atMost }) => words[rule](seen, atMost * times)).join('\n'),
  };
}

function amountOf(value: number | readonly unknown[]): number {
  return typeof value === 'number' ? value : value.length;
}

function rowWords({ test, table, before, after, why }: RowsLeft): string {
  if (why !== undefined) return `After “${test}” the tables could not be looked at: ${why}.`;
  if (before === after) return `“${test}” left other rows in ${table} than there were before.`;
  return `“${test}” left ${table} with ${counted(after, 'row')}, where there ${before === 1 ? 'was' : 'were'} ${before}.`;
}

function rowsAdvice(rowsLeft: readonly RowsLeft[]): string {
  const others = rowsLeft.length - 3;
  const more = others > 0 ? `There ${others === 1 ? 'is' : 'are'} ${others} more like these. ` : '';
  return `${more}A test takes its rows away in afterEach or onTestFinished, or runs in a transaction that is rolled back there.`;
}

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

function were(count: number): string {
  return count === 1 ? 'was' : 'were';
}

function quoted(names: readonly string[]): string {
  const shown = names.slice(0, 2).map((name) => `“${name}”`);
  return names.length > 2 ? `${shown.join(', ')} and ${names.length - 2} more` : shown.join(' and ');
}
