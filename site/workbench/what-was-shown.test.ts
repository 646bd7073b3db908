import { expect, it } from 'vitest';
import { worthOfTests } from './what-was-shown.ts';

it('tells for each test which bugs it alone catches, and how many it shares', () => {
  const mutant = (title: string, ...killedBy: string[]) => ({
    id: title,
    title,
    core: true,
    outcome: 'killed' as const,
    killedBy,
  });
  expect(worthOfTests(['a', 'b', 'c'], [mutant('1', 'a'), mutant('2', 'a', 'b'), mutant('3', 'a')])).toEqual([
    { test: 'a', alone: ['1', '3'], shared: 1 },
    { test: 'b', alone: [], shared: 1 },
    { test: 'c', alone: [], shared: 0 },
  ]);
});
