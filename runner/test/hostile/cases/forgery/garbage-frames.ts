// outcome: failed

import { writeSync } from 'node:fs';
import { expect, test } from 'vitest';

test('writes what no message is', async () => {
  writeSync(3, '\0\0\0{"type":');
  writeSync(3, `${'['.repeat(10_000)}\n`);
  expect(1).toBe(1);
});
