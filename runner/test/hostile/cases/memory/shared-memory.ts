// outcome: failed
// reason-of-test: ENOSPC

import { writeFileSync } from 'node:fs';
import { test } from 'vitest';

test('fills /dev/shm', async () => {
  for (let index = 0; ; index++) writeFileSync(`/dev/shm/${index}`, Buffer.alloc(1 << 20, 1));
});
