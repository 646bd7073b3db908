import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';

/** Where the system shows its control groups. */
export const cgroupMount = '/sys/fs/cgroup';

/** With cgroup v2 a group that is divided may hold no process itself, so the runner lives in a leaf of this name in it. */
export const runnerLeaf = 'runner';

/**
 * The group of cgroup v2 that this process is in.
 *
 * @param mount where groups are shown
 * @param membership what `/proc/self/cgroup` says
 * @returns its folder; undefined where there is no v2, or the group lies outside of what this namespace shows
 */
export function ownGroup(
  mount = cgroupMount,
  membership = readFileSync('/proc/self/cgroup', 'utf8'),
): string | undefined {
  const path = /^0::(\/.*)$/m.exec(membership)?.[1];
  return path === undefined || path.startsWith('/..') ? undefined : resolve(mount, `.${path}`);
}

/** The group that is divided among sandboxes, where the runner is in its leaf. */
export function dividedGroup(own = ownGroup()): string | undefined {
  return own !== undefined && basename(own) === runnerLeaf ? dirname(own) : undefined;
}
