// outcome: passed

import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('writes where it may not', async () => {
  for (const folder of [
    '/',
    '/dev',
    '/usr',
    '/usr/local/bin',
    '/etc',
    '/box',
    '/box/node_modules',
    '/box/runner',
    '/box/.cache/compiled',
    '/proc/sys/kernel',
    '/sys',
    '/root',
    '/home',
    '/var/tmp',
  ]) {
    try {
      writeFileSync(`${folder}/written-by-a-learner`, 'x');
      console.log(`LEAK: wrote into ${folder}`);
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).toMatch(/EROFS|EACCES|ENOENT|EPERM/);
    }
  }
});
