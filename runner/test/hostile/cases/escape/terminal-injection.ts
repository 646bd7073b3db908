// outcome: passed

import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('types into the terminal of whoever started the runner', async () => {
  const script = String.raw`use POSIX; for my $fd (0 .. 20) { my $c = 'x'; my $r = syscall(16, $fd, 0x5412, $c); print "LEAK: typed into $fd\n" if $r != -1; } print POSIX::ttyname(0) || 'no terminal', "\n"; open(my $tty, '>', '/dev/tty') and print "LEAK: a terminal\n";`;
  const { stdout, stderr } = spawnSync('perl', ['-e', script], { encoding: 'utf8' });
  console.log(stdout, stderr);
  expect(stdout).not.toContain('LEAK');
});
