import { spawnSync } from 'node:child_process';
import { accessSync, chownSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { cgroupMount, dividedGroup, ownGroup, runnerLeaf } from '../sandbox/index.ts';
import type { Account } from './service-account.ts';

const name = 'boundary';
const controllers = ['memory', 'pids'];
/** Processes may be made while others are moved; a group that never empties is told of by the kernel. */
const moves = 10;

/**
 * As root, gives `account` a part of the cgroup tree to divide among sandboxes: `boundary` at the top with cgroup v2, the
 * folder of that name under `memory` and `pids` with v1. In a container with cgroup v2, whose processes are at the top of
 * all it sees, the part is that top. Returns why it could not, if it could not; rlimits remain then.
 */
export function delegateCgroups(account: Account, mount = cgroupMount): string | undefined {
  return told(() => {
    if (existsSync(join(mount, 'cgroup.controllers'))) delegateV2(account, mount);
    else for (const controller of controllers) delegateV1(join(mount, controller), account);
  });
}

/**
 * As an ordinary user, divides the group of cgroup v2 that this process is in, where systemd has delegated it
 * (`Delegate=yes`). Returns why it could not; undefined also where nothing is delegated.
 */
export function divideDelegated(own = ownGroup()): string | undefined {
  if (own === undefined) return undefined;
  const group = dividedGroup(own) ?? own;
  return isDelegated(group) ? told(() => divide(group, pidsIn(group))) : undefined;
}

function told(attempt: () => void): string | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function delegateV1(controller: string, account: Account): void {
  const folder = join(controller, name);
  accessSync(controller);
  mkdirSync(folder, { recursive: true });
  chownSync(folder, account.uid, account.gid);
}

function delegateV2(account: Account, mount: string): void {
  // Only the machine's own top group may hold processes and be divided; it is the one without a type.
  const occupied = existsSync(join(mount, 'cgroup.type')) && pidsIn(mount).length > 0;
  const group = occupied ? mount : join(mount, name);
  if (!occupied) enable(mount);
  divide(group, occupied ? pidsIn(mount) : [String(process.pid)]);
  for (const file of ['', 'cgroup.procs', 'cgroup.subtree_control', runnerLeaf, `${runnerLeaf}/cgroup.procs`]) {
    chownSync(join(group, file), account.uid, account.gid);
  }
}

/**
 * Moves processes into the leaf and lets the group be divided. The runner has to be in the leaf too: a process may be
 * moved only by one who may write to the group that is above both places.
 */
function divide(group: string, pids: readonly string[]): void {
  const leaf = join(group, runnerLeaf);
  // One by one: told to make both, Node calls a read-only file system a missing folder.
  for (const folder of [group, leaf]) if (!existsSync(folder)) mkdirSync(folder);
  let left = pids;
  for (let move = 0; left.length > 0 && move < moves; move++) {
    for (const pid of left) enter(leaf, pid);
    left = pidsIn(group);
  }
  enable(group);
}

function enter(leaf: string, pid: string): void {
  try {
    writeFileSync(join(leaf, 'cgroup.procs'), pid);
  } catch (error) {
    // It ended in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function enable(group: string): void {
  const file = join(group, 'cgroup.subtree_control');
  const [offered, enabled] = [words(join(group, 'cgroup.controllers')), words(file)];
  const missing = controllers.filter((controller) => !enabled.includes(controller));
  const denied = missing.filter((controller) => !offered.includes(controller));
  if (denied.length > 0) throw new Error(`${group} is given no controller for ${denied.join(' and ')}`);
  if (missing.length === 0) return;
  try {
    writeFileSync(file, missing.map((controller) => `+${controller}`).join(' '));
  } catch (error) {
    // The kernel's error names no file. EBUSY says that the group itself holds processes.
    throw new Error(`${file} was refused: ${(error as Error).message}`, { cause: error });
  }
}

function words(file: string): string[] {
  return readFileSync(file, 'utf8').split(/\s+/);
}

function pidsIn(group: string): string[] {
  return readFileSync(join(group, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean);
}

/**
 * Whether the group was handed to this user to divide. The user's own instance of systemd owns its groups as well, those
 * of terminals and desktops among them, and says which of them it leaves to others.
 */
function isDelegated(group: string): boolean {
  if (!['', 'cgroup.procs', 'cgroup.subtree_control'].every((file) => isWritable(join(group, file)))) return false;
  if (!isWritable(dirname(group))) return true;
  const question = ['--user', 'show', '--property=Delegate', '--value', '--', basename(group)];
  return spawnSync('systemctl', question, { encoding: 'utf8', timeout: 5000 }).stdout?.trim() === 'yes';
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
