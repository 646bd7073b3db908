// outcome: memory-limit failed timed-out
// needs: control-groups

import { test } from 'vitest';

test('hoards objects', async () => {
  const hoard: object[] = [];
  for (;;) hoard.push({ of: new Array(1000).fill(hoard.length) });
});
