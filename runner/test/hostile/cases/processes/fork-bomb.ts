// outcome: process-limit timed-out failed memory-limit

import { spawn } from 'node:child_process';
import { test } from 'vitest';

test('forks', async () => {
  spawn('bash', ['-c', 'bomb() { bomb | bomb & }; bomb'], { stdio: 'ignore' });
  await new Promise(() => {});
}, 600000);
