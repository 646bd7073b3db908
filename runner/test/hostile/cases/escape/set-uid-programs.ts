// outcome: passed

import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('becomes another user by programs that may', async () => {
  for (const [file = '', ...args] of [
    ['su', '-c', 'id -u'],
    ['sudo', '-n', 'id', '-u'],
    ['pkexec', 'id', '-u'],
    ['newgrp', 'root'],
  ]) {
    const { stdout } = spawnSync(file, args, { encoding: 'utf8', input: '', timeout: 2000 });
    if (/^0$/m.test(stdout ?? '')) console.log(`LEAK: root by ${file}`);
  }
  expect(process.getuid?.()).not.toBe(0);
  expect(() => process.setuid?.(0)).toThrow();
});
