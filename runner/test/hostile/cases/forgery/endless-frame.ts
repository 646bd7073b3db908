// outcome: failed output-limit timed-out

import { writeSync } from 'node:fs';
import { test } from 'vitest';

test('writes a message that never ends', async () => {
  for (;;) {
    try {
      writeSync(3, 'x'.repeat(65_536));
    } catch {}
  }
});
