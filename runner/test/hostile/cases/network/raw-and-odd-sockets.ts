// outcome: passed

import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('opens raw, packet, vsock and crypto sockets', async () => {
  const script = String.raw`for my $family (17, 38, 40, 31, 44) { socket(my $s, $family, 3, 0) and print "LEAK: a socket of family $family\n"; } socket(my $raw, 2, 3, 1) and print "LEAK: a raw socket\n";`;
  const { stdout, stderr } = spawnSync('perl', ['-e', script], { encoding: 'utf8' });
  console.log(stdout, stderr);
  expect(stdout).not.toContain('LEAK');
});
