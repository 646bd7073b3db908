// outcome: passed

import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('attaches to the process above', async () => {
  const script = String.raw`my $parent = getppid; print syscall(101, 16, $parent, 0, 0) == -1 ? "refused\n" : "LEAK: attached to $parent\n";`;
  const { stdout, stderr } = spawnSync('perl', ['-e', script], { encoding: 'utf8' });
  console.log(stdout, stderr);
  expect(stdout).not.toContain('LEAK');
});
