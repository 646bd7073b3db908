// outcome: passed

import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('leaves a daemon behind', async () => {
  const { status } = spawnSync('perl', ['-e', 'use POSIX; exit if fork; POSIX::setsid(); exit if fork; sleep 4711'], {
    stdio: 'ignore',
  });
  expect(status).toBe(0);
});
