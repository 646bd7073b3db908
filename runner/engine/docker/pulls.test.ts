import { expect, test } from 'vitest';
import { Pulls } from './pulls.ts';

test('an hour has so many pulls, and room for another when the oldest is an hour ago', () => {
  const pulls = new Pulls(2);
  const minute = 60_000;
  expect(pulls.take(0)).toBeUndefined();
  expect(pulls.take(50 * minute)).toBeUndefined();
  expect(pulls.take(59 * minute)).toBe(minute);
  expect(pulls.take(60 * minute)).toBeUndefined();
  expect(pulls.take(60 * minute)).toBe(50 * minute);
});

test('where there are to be none, no hour has room', () => {
  expect(new Pulls(0).take()).toBe(Number.POSITIVE_INFINITY);
});
