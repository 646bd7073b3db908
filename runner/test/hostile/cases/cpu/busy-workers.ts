// outcome: timed-out process-limit memory-limit failed

import { Worker } from 'node:worker_threads';
import { test } from 'vitest';

test('sixty-four busy threads', async () => {
  for (let index = 0; index < 64; index++) new Worker('for (;;);', { eval: true });
  await new Promise(() => {});
}, 600000);
