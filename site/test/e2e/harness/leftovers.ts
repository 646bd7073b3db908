/** What a runner that was killed could leave behind: processes, control groups, mounts. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** A process that cannot be taken for a later one of the same number. */
export type ProcessIdentity = { pid: number; name: string; startedAt: string };

type ProcessStat = ProcessIdentity & { parent: number };

/** All that descend from a process, whatever namespaces they are in, and it itself. */
export function processTree(root: number): ProcessIdentity[] {
  const all = readdirSync('/proc').flatMap((entry) => (/^\d+$/.test(entry) ? statOf(Number(entry)) : []));
  const tree = all.filter(({ pid }) => pid === root);
  // Grows while it is walked: children are added behind their parents.
  for (const { pid } of tree) tree.push(...all.filter(({ parent }) => parent === pid));
  return tree.map(({ pid, name, startedAt }) => ({ pid, name, startedAt }));
}

export function stillAlive(processes: readonly ProcessIdentity[]): ProcessIdentity[] {
  return processes.filter(({ pid, startedAt }) => statOf(pid).some((now) => now.startedAt === startedAt));
}

/** Control groups that a runner made for its sandboxes and that are still there. */
export function controlGroupsOf(runner: number): string[] {
  const mount = '/sys/fs/cgroup';
  return ['boundary', 'memory/boundary', 'pids/boundary']
    .map((part) => `${mount}/${part}`)
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))
    .filter((group) => group.includes(`/sandbox-${runner}-`));
}

/** Mount points that every process of the host sees. A sandbox's own are in a namespace that ends with it. */
export function mountPoints(): string[] {
  const lines = readFileSync('/proc/self/mountinfo', 'utf8').trim().split('\n');
  return lines.map((line) => line.split(' ')[4] ?? '').sort();
}

function statOf(pid: number): ProcessStat[] {
  try {
    // The name stands in brackets and may hold anything; the fields after it are numbers and a state.
    const [, name = '', rest = ''] = /^\d+ \((.*)\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    const fields = rest.split(' ');
    if (fields[0] === 'Z') return [];
    return [{ pid, name, parent: Number(fields[1]), startedAt: fields[19] ?? '' }];
  } catch {
    return [];
  }
}
