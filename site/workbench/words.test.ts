import { expect, it } from 'vitest';
import { inList, milliseconds } from './words.ts';

it('writes a time in the unit that suits it, and whole minutes without seconds', () => {
  expect([12, 4000, 20_940, 60_000, 61_200, 119_600].map(milliseconds)).toEqual([
    '12 ms',
    '4.0 s',
    '20.9 s',
    '1 min',
    '1 min 1 s',
    '2 min',
  ]);
});

it('joins a list as it is read aloud', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(inList)).toEqual(['', 'a', 'a and b', 'a, b and c']);
});
