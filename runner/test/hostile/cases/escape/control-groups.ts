// outcome: passed

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('lifts its own limits', async () => {
  const files = [
    '/sys/fs/cgroup/memory/memory.limit_in_bytes',
    '/sys/fs/cgroup/pids.max',
    '/sys/fs/cgroup/cgroup.procs',
    '/proc/self/oom_score_adj',
  ];
  for (const file of files) {
    try {
      writeFileSync(file, file.endsWith('adj') ? '-1000' : '-1');
      console.log(`LEAK: wrote ${file}`);
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).toMatch(/ENOENT|EROFS|EACCES|EPERM/);
    }
  }
  const { status } = spawnSync('prlimit', ['--pid', String(process.pid), '--nproc=100000:100000', '--fsize=unlimited']);
  expect(status).not.toBe(0);
});
