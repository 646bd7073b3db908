import type { ComponentProps } from 'react';
import type { Icon } from './icons.tsx';
import type { Cell, Column, ColumnResult, Group } from './matrix.ts';
import { inWords, milliseconds } from './words.ts';

type Sign = ComponentProps<typeof Icon>['sign'];

export const cells: Record<Cell, { sign: Sign; words: string }> = {
  passes: { sign: 'check', words: 'passes' },
  fails: { sign: 'cross', words: 'fails' },
  catches: { sign: 'caught', words: 'catches it' },
  misses: { sign: 'missed', words: 'misses it' },
  skipped: { sign: 'skip', words: 'skipped' },
  silent: { sign: 'dash', words: 'no result' },
  waiting: { sign: 'dot', words: 'waiting' },
  running: { sign: 'dot', words: 'running' },
};

export const groups: Record<Group, string> = {
  reference: 'Correct: must pass',
  core: 'Bugs to catch',
  bonus: 'Bonus bugs',
};

export function resultWords(result: ColumnResult): string {
  if (result === 'waiting') return '–';
  return result === 'running' ? 'running' : inWords(result);
}

/** One cell in a sentence, with what the test said there. */
export function sentenceOf(column: Column, test: string, cell: Cell): string {
  const reported = column.variant?.tests.get(test);
  const took = reported ? ` in ${milliseconds(reported.ms)}` : '';
  const said = reported?.error ? `: ${firstLine(reported.error.message)}` : '';
  return `${column.code}, “${column.title}”: ${cells[cell].words}${took}${said}`;
}

function firstLine(message: string): string {
  const [line = ''] = message.trim().split('\n');
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
