import type { MutantOutcome, Outcome } from '../../runner/protocol.ts';

/** How the outcome of a variant or mutant is written in the matrix and the lists. */
const outcomeWords: Record<Outcome | MutantOutcome, string> = {
  passed: 'passed',
  failed: 'failed',
  killed: 'caught',
  survived: 'survived',
  'rule-broken': 'rule broken',
  'timed-out': 'timed out',
  'memory-limit': 'out of memory',
  'process-limit': 'too many processes',
  'disk-limit': 'disk full',
  'output-limit': 'too much output',
  cancelled: 'cancelled',
  rejected: 'rejected',
  'not-run': 'not run',
  'runner-error': 'runner error',
};

/** Falls back to the runner's own word for an outcome that this build does not know. */
export function inWords(outcome: Outcome | MutantOutcome): string {
  return outcomeWords[outcome] ?? outcome;
}

/** The same for a column that may still be on its way. */
export function resultInWords(result: Outcome | MutantOutcome | 'waiting' | 'running'): string {
  if (result === 'waiting') return '';
  return result === 'running' ? 'running' : inWords(result);
}

export function milliseconds(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** For what often takes less than one. */
export function fineMilliseconds(ms: number): string {
  if (ms < 0.1) return '< 0.1 ms';
  return ms < 10 ? `${ms.toFixed(1)} ms` : milliseconds(ms);
}

/** Bytes in the largest unit of 1,024 that leaves at least 1. */
export function bytes(count: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, count)) / 10));
  return `${Number((count / 1024 ** power).toFixed(1))} ${units[power]}`;
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** “a”, “a and b”, “a, b and c”. */
export function inList(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
