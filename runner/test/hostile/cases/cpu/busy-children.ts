// outcome: timed-out process-limit memory-limit

import { spawn } from 'node:child_process';
import { test } from 'vitest';

test('sixteen busy processes', async () => {
  for (let index = 0; index < 16; index++) spawn('sh', ['-c', 'while :; do :; done'], { stdio: 'ignore' });
  await new Promise(() => {});
}, 600000);
