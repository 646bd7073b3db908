// outcome: failed memory-limit timed-out output-limit

import { expect, test } from 'vitest';

test('an assertion on two long texts that differ', async () => {
  const line = (index: number) => `${index} ${'x'.repeat(50)}\n`;
  const text = (from: number) => Array.from({ length: 200_000 }, (_, index) => line(index + from)).join('');
  expect(text(0)).toBe(text(1));
});
