// outcome: failed memory-limit timed-out

import { writeFileSync } from 'node:fs';
import { test } from 'vitest';

test('fills every writable folder at once', async () => {
  for (let index = 0; ; index++) {
    for (const folder of ['/tmp', '/dev/shm', '/box/work', '/run/boundary']) {
      writeFileSync(`${folder}/${index}`, Buffer.alloc(1 << 20, 1));
    }
  }
});
