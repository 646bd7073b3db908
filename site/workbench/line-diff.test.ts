import { expect, it } from 'vitest';
import { lineDiff, sharedLines } from './line-diff.ts';

const signs = { same: ' ', removed: '-', added: '+' };
const drawn = (before: string, after: string, around?: number) =>
  lineDiff(before, after, around).map((hunk) => hunk.map(({ kind, text }) => `${signs[kind]}${text}`));
const numbers = (count: number) => Array.from({ length: count }, (_, index) => `${index + 1}`);

it('shows what differs with the lines around it, and leaves out the rest', () => {
  const before = numbers(20).join('\n');
  const after = before.replace('\n3\n', '\nthree\n').replace('\n18\n', '\n');
  expect(drawn(before, after, 1)).toEqual([
    [' 2', '-3', '+three', ' 4'],
    [' 17', '-18', ' 19'],
  ]);
});

it('numbers the lines of either text', () => {
  expect(lineDiff('a\nb\n', 'x\na\nc\n')[0]?.map(({ before, after }) => [before, after])).toEqual([
    [null, 1],
    [1, 2],
    [2, null],
    [null, 3],
  ]);
});

it('is empty for texts that are the same but for the last line’s end', () => {
  expect(drawn('a\nb', 'a\nb\n')).toEqual([]);
  expect(drawn('', '')).toEqual([]);
});

it('shows all of a text beside an empty one', () => {
  expect(drawn('', 'a\n')).toEqual([['+a']]);
});

it('tells how much of two texts is the same', () => {
  expect(sharedLines('', '')).toBe(1);
  expect(sharedLines('a\nb\n', 'a\nb')).toBe(1);
  expect(sharedLines('a\nb\n', 'a\nc\n')).toBe(0.5);
  expect(sharedLines('a\n', 'x\ny\n')).toBe(0);
});
