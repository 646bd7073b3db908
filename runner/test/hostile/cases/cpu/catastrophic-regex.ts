// outcome: timed-out

import { expect, test } from 'vitest';

test('backtracks', async () => {
  expect(/^(a+)+$/.test(`${'a'.repeat(60)}!`)).toBe(false);
});
