// outcome: process-limit failed memory-limit timed-out

import { Worker } from 'node:worker_threads';
import { test } from 'vitest';

test('starts threads', async () => {
  for (let index = 0; index < 2000; index++)
    new Worker('setInterval(() => {}, 1000)', { eval: true, resourceLimits: { maxOldGenerationSizeMb: 1 } });
  await new Promise(() => {});
}, 600000);
