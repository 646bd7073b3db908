// outcome: disk-limit
// reason: larger than a file may be

import { openSync, writeSync } from 'node:fs';
import { test } from 'vitest';

test('writes one file', async () => {
  const file = openSync('/tmp/big', 'w');
  for (;;) writeSync(file, Buffer.alloc(1 << 20, 1));
});
