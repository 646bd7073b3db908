// outcome: passed

import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('mounts over what is read-only', async () => {
  for (const args of [
    ['-o', 'remount,rw', '/'],
    ['-t', 'tmpfs', 'none', '/usr'],
    ['--bind', '/tmp', '/etc'],
    ['-t', 'proc', 'none', '/tmp'],
  ]) {
    const { status } = spawnSync('mount', args);
    if (status === 0) console.log(`LEAK: mount ${args.join(' ')}`);
    expect(status).not.toBe(0);
  }
});
