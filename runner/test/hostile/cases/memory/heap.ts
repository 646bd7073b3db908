// outcome: memory-limit failed

import { test } from 'vitest';

test('hoards objects', async () => {
  const hoard: object[] = [];
  for (;;) hoard.push({ of: new Array(1000).fill(hoard.length) });
});
