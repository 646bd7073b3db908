// outcome: passed

import { spawnSync } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('loads code of its own into the process', async () => {
  writeFileSync('/tmp/evil.node', Buffer.from('7f454c4602010100', 'hex'));
  expect(() => process.dlopen({ exports: {} } as NodeJS.Module, '/tmp/evil.node')).toThrow();
  copyFileSync('/usr/bin/id', '/tmp/id');
  const { stdout } = spawnSync('/tmp/id', ['-u'], { encoding: 'utf8' });
  expect(stdout?.trim()).not.toBe('0');
});
