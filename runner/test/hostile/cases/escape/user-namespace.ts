// outcome: passed

import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('makes a namespace in which it would be root', async () => {
  const { status, stdout } = spawnSync('unshare', ['--user', '--map-root-user', 'id', '-u'], { encoding: 'utf8' });
  if (status === 0) console.log(`LEAK: became ${stdout}`);
  expect(status).not.toBe(0);
});
