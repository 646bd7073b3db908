// outcome: failed memory-limit timed-out

import { mkdirSync } from 'node:fs';
import { test } from 'vitest';

test('makes folders in folders', async () => {
  for (;;) {
    mkdirSync('deeper');
    process.chdir('deeper');
  }
});
