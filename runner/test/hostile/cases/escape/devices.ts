// outcome: passed

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';

test('makes a device of the disk', async () => {
  for (const [name, major, minor] of [
    ['disk', '8', '0'],
    ['disk-of-a-guest', '254', '0'],
    ['memory', '1', '1'],
  ]) {
    const { status } = spawnSync('mknod', [`/tmp/${name}`, name === 'memory' ? 'c' : 'b', major ?? '', minor ?? '']);
    if (status === 0) console.log(`LEAK: made ${name}`);
    expect(status).not.toBe(0);
  }
  expect(readdirSync('/dev').filter((name) => /^(sd|vd|nvme|mem|kmem|loop|kvm|fuse)/.test(name))).toEqual([]);
});
