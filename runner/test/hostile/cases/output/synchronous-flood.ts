// outcome: output-limit

import { writeSync } from 'node:fs';
import { test } from 'vitest';

test('writes past the stream', async () => {
  for (;;) {
    try {
      writeSync(1, 'x'.repeat(65_536));
    } catch {}
  }
});
