import type { Rule } from '../../exercises/format.ts';

const things: Record<Exclude<Rule['rule'], 'rowsLeft'>, { one: string; many: string; what: string }> = {
  containersStarted: { one: 'container', many: 'containers', what: 'started' },
  containersLeft: { one: 'container', many: 'containers', what: 'left behind' },
  connectionsLeftOpen: { one: 'connection', many: 'connections', what: 'left open' },
};

/** A rule as the exercise page states it, such as “At most 1 container is started”. */
export function ruleInWords(rule: Rule['rule'], atMost: number): string {
  if (rule === 'rowsLeft') {
    const but = atMost === 0 ? '' : `, but for ${atMost}`;
    return `After each test, every table has the rows that it had before${but}`;
  }
  const { one, many, what } = things[rule];
  if (atMost === 0) return `No ${one} is ${what}`;
  return `At most ${atMost} ${atMost === 1 ? `${one} is` : `${many} are`} ${what}`;
}
