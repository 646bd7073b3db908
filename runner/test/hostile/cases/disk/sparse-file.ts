// outcome: disk-limit
// reason: larger than a file may be

import { ftruncateSync, openSync } from 'node:fs';
import { test } from 'vitest';

test('makes a file of a terabyte that holds nothing', async () => {
  const file = openSync('/tmp/sparse', 'w');
  ftruncateSync(file, 2 ** 40);
});
