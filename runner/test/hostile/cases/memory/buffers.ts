// outcome: memory-limit
// needs: control-groups

import { test } from 'vitest';

test('hoards bytes', async () => {
  const hoard: Buffer[] = [];
  for (;;) hoard.push(Buffer.alloc(4 << 20, 1));
});
