import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { Sandbox } from '../index.ts';
import { deniedCalls, judgedCalls } from './policy.ts';
import { hasFilter } from './program.ts';

/** The one program of every Debian that makes any call by its number. */
const perl = '/usr/bin/perl';
const machine = process.arch as 'x64' | 'arm64';
const errno = { EPERM: 1, EINVAL: 22, ENOTTY: 25, ENOSYS: 38, EAFNOSUPPORT: 97 } as const;

describe.skipIf(!hasFilter() || !existsSync(perl))('the filter of system calls', () => {
  test('answers every call on the list with EPERM', async () => {
    const calls = Object.values(deniedCalls)
      .flat()
      .flatMap((call) => (call[machine] === undefined ? [] : [{ name: call.name, number: call[machine] }]));
    const body = calls.map(({ number }) => `attempt(${number}, -1, 0, 0, 0, 0);`).join('\n');
    const answers = await errorsOf(body);
    expect(calls.filter((_, index) => answers[index] !== errno.EPERM).map(({ name }) => name)).toEqual([]);
    expect(answers).toHaveLength(calls.length);
  });

  test('lets processes be made, but no namespaces, and knows no clone3', async () => {
    const { clone, clone3 } = judgedCalls;
    const newUserNamespace = 0x10000000;
    // Without flags it is a fork: the child ends at once, the parent has an id and no error.
    const answers = await errorsOf(`
      attempt(${clone[machine]}, ${newUserNamespace}, 0, 0, 0, 0);
      attempt(${clone3[machine]}, 0, 0, 0, 0, 0);
      $! = 0; my $id = fork; exit 0 if defined $id && $id == 0; print 0 + $!, "\\n"; wait;`);
    expect(answers).toEqual([errno.EPERM, errno.ENOSYS, 0]);
  });

  test('keeps a program from typing into a terminal, and lets it ask about one', async () => {
    const { ioctl } = judgedCalls;
    const answers = await errorsOf(
      `attempt(${ioctl[machine]}, 0, 0x5412, 0); attempt(${ioctl[machine]}, 0, 0x5401, 0);`,
    );
    expect(answers).toEqual([errno.EPERM, errno.ENOTTY]);
  });

  test('opens sockets of the families that tests use, and of no other', async () => {
    const { socket } = judgedCalls;
    const [unix, ipv4, ipv6, netlink, packet, algorithms, machines] = [1, 2, 10, 16, 17, 38, 40];
    const families = [unix, ipv4, ipv6, netlink, packet, algorithms, machines];
    const answers = await errorsOf(
      families.map((family) => `attempt(${socket[machine]}, ${family}, 3 * (${family} == 16) || 1, 0);`).join('\n'),
    );
    expect(answers).toEqual([0, 0, 0, 0, errno.EAFNOSUPPORT, errno.EAFNOSUPPORT, errno.EAFNOSUPPORT]);
  });
});

/** Runs Perl in a sandbox and gives the error number, 0 for none, of each of its attempts. */
async function errorsOf(body: string): Promise<number[]> {
  const script = `
    $| = 1;
    sub attempt { $! = 0; my $result = syscall($_[0], map { $_ + 0 } @_[1 .. $#_]); print $result == -1 ? 0 + $! : 0, "\\n"; }
    ${body}`;
  const program = `
    import { handOver } from '/boundary/handover.ts';
    import { spawnSync } from 'node:child_process';
    await handOver({ ports: 0, sockets: {} });
    const { stdout, stderr } = spawnSync('${perl}', ['-e', ${JSON.stringify(script)}]);
    process.stdout.write(stdout); process.stderr.write(stderr);`;
  await using sandbox = await Sandbox.launch({
    command: ['/usr/local/bin/node', '--input-type=module', '--eval', program],
    env: { PATH: '/usr/bin:/bin' },
    cwd: '/tmp',
    uid: 1000,
    gid: 1000,
    readOnly: [
      { from: process.execPath, to: '/usr/local/bin/node' },
      { from: `${import.meta.dirname}/..`, to: '/boundary' },
    ],
    writable: [],
    limits: {
      memoryBytes: 256 << 20,
      processes: 64,
      cpuSeconds: 10,
      files: 256,
      fileBytes: 1 << 20,
      tmpfsBytes: 1 << 20,
    },
  });
  const [output, complaints] = await Promise.all([text(sandbox.stdout), text(sandbox.stderr)]);
  await sandbox.exited;
  expect(complaints).toBe('');
  return output.trim().split('\n').map(Number);
}
