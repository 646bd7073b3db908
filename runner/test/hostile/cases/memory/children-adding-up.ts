// outcome: memory-limit timed-out
// needs: control-groups

import { spawn } from 'node:child_process';
import { test } from 'vitest';

test('eight children, each below the limit', async () => {
  const hoard = 'const hoard = []; setInterval(() => hoard.push(Buffer.alloc(2 << 20, 1)), 1)';
  for (let index = 0; index < 8; index++) spawn(process.execPath, ['-e', hoard], { stdio: 'ignore' });
  await new Promise(() => {});
}, 600000);
