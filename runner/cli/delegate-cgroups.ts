import { accessSync, chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from './service-account.ts';

const mount = '/sys/fs/cgroup';
const name = 'boundary';

/**
 * Gives `account` a part of the cgroup tree to divide among sandboxes: `/sys/fs/cgroup/boundary` with cgroup v2, the
 * folder of that name under `memory` and `pids` with v1. Where the system does not allow it nothing happens, and the
 * runner's self-test finds the tier that is left.
 */
export function delegateCgroups(account: Account): void {
  try {
    if (existsSync(join(mount, 'cgroup.controllers'))) delegateV2(account);
    else for (const controller of ['memory', 'pids']) delegateV1(controller, account);
  } catch {
    // A read-only cgroup mount, as in an ordinary container: rlimits remain.
  }
}

function delegateV1(controller: string, account: Account): void {
  const folder = join(mount, controller, name);
  accessSync(join(mount, controller));
  mkdirSync(folder, { recursive: true });
  chownSync(folder, account.uid, account.gid);
}

function delegateV2(account: Account): void {
  const folder = join(mount, name);
  writeFileSync(join(mount, 'cgroup.subtree_control'), '+memory +pids');
  mkdirSync(join(folder, 'runner'), { recursive: true });
  // A process may be moved only by one who may write to the common ancestor, so the runner itself lives in here too.
  writeFileSync(join(folder, 'runner', 'cgroup.procs'), String(process.pid));
  writeFileSync(join(folder, 'cgroup.subtree_control'), '+memory +pids');
  for (const file of ['', 'cgroup.procs', 'cgroup.subtree_control', 'runner', 'runner/cgroup.procs']) {
    chownSync(join(folder, file), account.uid, account.gid);
  }
}
