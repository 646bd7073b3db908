import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ControlGroup } from './cgroup.ts';
import { ungrouped } from './containment.ts';
import { dividedGroup, ownGroup } from './own-group.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'group-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** What the kernel shows of a group with cgroup v2: a folder of the same shape, on a machine that may have v1. */
const show = (file: string, text: string) => writeFile(join(folder, file), text);
const memoryEvents = (oom: number, kills: number) =>
  show('memory.events', `low 0\nhigh 0\nmax ${oom}\noom ${oom}\noom_kill ${kills}\noom_group_kill 0\n`);

describe('a group of cgroup v2', () => {
  test('ran out of memory where it was killed at its own limit', async () => {
    await memoryEvents(1, 3);
    expect(new ControlGroup([folder]).hit()).toBe('memory');
  });

  test('did not where it was killed for the memory of a service or the machine', async () => {
    await memoryEvents(0, 3);
    expect(new ControlGroup([folder]).hit()).toBeUndefined();
  });

  test('had too many processes where one more was refused', async () => {
    await memoryEvents(0, 0);
    await show('pids.events', 'max 2\n');
    expect(new ControlGroup([folder]).hit()).toBe('processes');
  });

  test('is killed as one', async () => {
    await show('cgroup.kill', '');
    new ControlGroup([folder]).kill();
    expect(await readFile(join(folder, 'cgroup.kill'), 'utf8')).toBe('1');
  });
});

describe('the group that the runner is in', () => {
  test.each([
    ['0::/system.slice/boundary.service\n', '/cg/system.slice/boundary.service'],
    ['12:pids:/boundary/x\n1:name=systemd:/\n0::/boundary/runner\n', '/cg/boundary/runner'],
    ['0::/\n', '/cg'],
    ['0::/../outside\n', undefined],
    ['3:memory:/a\n2:pids:/a\n', undefined],
  ])('is read from %j', (membership, own) => {
    expect(ownGroup('/cg', membership)).toBe(own);
  });

  test('has a group above it to divide, where it is the leaf that was made for that', () => {
    expect(dividedGroup('/cg/system.slice/boundary.service/runner')).toBe('/cg/system.slice/boundary.service');
    expect(dividedGroup('/cg/system.slice/boundary.service')).toBeUndefined();
  });
});

test('where there are no groups, the notice says how to get them, or what the system answered', () => {
  expect(ungrouped(undefined)).toMatch(/Delegate=yes.*Started by root/);
  expect(ungrouped('EROFS: read-only file system')).toMatch(/could not be made: EROFS.*container/);
});
