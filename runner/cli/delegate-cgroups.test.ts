import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { delegateCgroups, divideDelegated } from './delegate-cgroups.ts';

const self = { name: 'self', uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
let top: string;

beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), 'groups-'));
});
afterEach(async () => {
  await chmod(top, 0o755);
  await rm(top, { recursive: true });
});

/** A folder as cgroup v2 shows a group. It is no group: a process that is moved out of it stays in its list. */
async function group(path: string, files: { procs?: string; enabled?: string; type?: string }): Promise<string> {
  const folder = join(top, path);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'cgroup.controllers'), 'cpuset cpu io memory pids\n');
  await writeFile(join(folder, 'cgroup.procs'), files.procs ?? '');
  await writeFile(join(folder, 'cgroup.subtree_control'), files.enabled ?? '');
  if (files.type !== undefined) await writeFile(join(folder, 'cgroup.type'), files.type);
  return folder;
}

const read = (...path: string[]) => readFile(join(top, ...path), 'utf8');

describe('root', () => {
  test('makes a part of its own at the top of the machine, with the runner in a leaf of it', async () => {
    await group('', { procs: '1\n2\n' });
    await group('boundary', {});
    expect(delegateCgroups(self, top)).toBeUndefined();
    expect(await read('cgroup.subtree_control')).toBe('+memory +pids');
    expect(await read('boundary', 'cgroup.subtree_control')).toBe('+memory +pids');
    expect(await read('boundary', 'runner', 'cgroup.procs')).toBe(String(process.pid));
  });

  test('leaves controllers alone that are enabled', async () => {
    await group('', { enabled: 'memory pids\n' });
    await group('boundary', { enabled: 'pids\n' });
    expect(delegateCgroups(self, top)).toBeUndefined();
    expect(await read('cgroup.subtree_control')).toBe('memory pids\n');
    expect(await read('boundary', 'cgroup.subtree_control')).toBe('+memory');
  });

  test('moves the processes of a container out of its top, which may not hold any when it is divided', async () => {
    await group('', { procs: '1\n', type: 'domain\n' });
    await mkdir(join(top, 'runner'));
    await writeFile(join(top, 'runner', 'cgroup.procs'), '');
    expect(delegateCgroups(self, top)).toBeUndefined();
    expect(await read('runner', 'cgroup.procs')).toBe('1');
    expect(await read('cgroup.subtree_control')).toBe('+memory +pids');
    expect(await readdir(top)).not.toContain('boundary');
  });

  test('is told which controller the kernel does not have', async () => {
    const folder = await group('', {});
    await writeFile(join(folder, 'cgroup.controllers'), 'cpu pids\n');
    expect(delegateCgroups(self, top)).toBe(`${top} is given no controller for memory`);
  });

  test('is told why where groups cannot be made', async () => {
    await group('', {});
    await chmod(join(top, 'cgroup.subtree_control'), 0o444);
    expect(delegateCgroups(self, top)).toMatch(/EACCES.*cgroup\.subtree_control/);
  });
});

describe('an ordinary user', () => {
  test('divides the group that a service was handed', async () => {
    const own = await group('boundary.service', { procs: '77\n' });
    await chmod(top, 0o555);
    expect(divideDelegated(own)).toBeUndefined();
    expect(await read('boundary.service', 'runner', 'cgroup.procs')).toBe('77');
    expect(await read('boundary.service', 'cgroup.subtree_control')).toBe('+memory +pids');
  });

  test('that is in the leaf already has the group above it to divide', async () => {
    const own = await group('boundary.service/runner', { procs: '77\n' });
    await group('boundary.service', {});
    await chmod(top, 0o555);
    expect(divideDelegated(own)).toBeUndefined();
    expect(await readdir(own)).not.toContain('runner');
    expect(await read('boundary.service', 'cgroup.subtree_control')).toBe('+memory +pids');
  });

  test('leaves a group alone that is one of many of its own, such as a terminal’s', async () => {
    const own = await group('terminal.scope', { procs: '77\n' });
    expect(divideDelegated(own)).toBeUndefined();
    expect(await readdir(own)).not.toContain('runner');
  });

  test('leaves a group alone that others own', async () => {
    const own = await group('session.scope', { procs: '77\n' });
    await chmod(top, 0o555);
    await chmod(join(own, 'cgroup.procs'), 0o444);
    expect(divideDelegated(own)).toBeUndefined();
    expect(await readdir(own)).not.toContain('runner');
  });

  test('is told why where the group cannot be divided', async () => {
    const own = await group('boundary.service', { procs: '' });
    await rm(join(own, 'cgroup.subtree_control'));
    await mkdir(join(own, 'cgroup.subtree_control'));
    await chmod(top, 0o555);
    expect(divideDelegated(own)).toMatch(/EISDIR/);
  });
});
