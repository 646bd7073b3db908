import type { Column, ColumnResult } from './matrix.ts';

/** Where a rule was broken; or that it was kept wherever it can be; or nothing, as long as that is not known. */
export type RuleState = { broken: readonly Column[]; kept: boolean };

export function ruleState(rule: string, columns: readonly Column[]): RuleState {
  const broken = columns.filter(({ variant }) => variant?.rules.includes(rule));
  return { broken, kept: broken.length === 0 && columns.every(({ result }) => TO_THE_END.has(result)) };
}

/** Rules are looked at where a suite comes to its end. */
const TO_THE_END = new Set<ColumnResult>(['passed', 'failed', 'killed', 'survived', 'rule-broken']);
