import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cgroupMount, dividedGroup } from './own-group.ts';

/** How resource limits are held: by cgroup v2 or v1 for a whole sandbox, or by rlimits for each process alone. */
export type LimitTier = 'cgroup2' | 'cgroup1' | 'rlimits';

/** Our part of the tree of cgroup v1; `cli/delegate-cgroups.ts` hands it over where the runner was started by root. */
const part = 'boundary';

/** For the kernel to bury what was killed: memory of a whole sandbox is given back first, on a busy machine slowly. */
const emptyDeadlineMs = 30_000;

type Roots = { tier: LimitTier; folders: readonly string[] };

const none: Roots = { tier: 'rlimits', folders: [] };
let found: Roots | undefined;

/** The folders, one a controller, in which this runner may make groups, found once. None where cgroups are not at hand. */
function roots(): Roots {
  found ??= [lookForV2(), lookForV1()].find((candidate) => candidate.folders.length > 0 && canEnter(candidate)) ?? none;
  return found;
}

/** `cli/delegate-cgroups.ts` divides the group, and puts this process into a leaf of it. */
function lookForV2(): Roots {
  const folder = dividedGroup();
  const file = join(folder ?? '', 'cgroup.subtree_control');
  if (folder === undefined || !existsSync(file)) return none;
  const controllers = readFileSync(file, 'utf8');
  const usable = controllers.includes('memory') && controllers.includes('pids') && writable(folder);
  return usable ? { tier: 'cgroup2', folders: [folder] } : none;
}

function lookForV1(): Roots {
  const folders = ['memory', 'pids'].map((controller) => join(cgroupMount, controller, part));
  return folders.every(writable) ? { tier: 'cgroup1', folders } : none;
}

/** Moves a process into a group to see: with v2 that depends on where the runner itself is, not on the group alone. */
function canEnter({ folders }: Roots): boolean {
  const name = controlGroupName();
  const own = folders.map((folder) => join(folder, name));
  try {
    for (const folder of own) mkdirSync(folder);
    const doors = own.map((folder) => join(folder, 'cgroup.procs'));
    return spawnSync('/bin/sh', ['-c', 'for door; do echo 0 > "$door" || exit 1; done', 'sh', ...doors]).status === 0;
  } catch {
    return false;
  } finally {
    for (const folder of own) tryToRemove(folder);
  }
}

function tryToRemove(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It was never made, or the kernel has not buried its last process yet: the next start sweeps it.
  }
}

function writable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Which tier of limits this host allows the runner now. */
export function limitTier(): LimitTier {
  return roots().tier;
}

/** Folders in which this runner makes its sandboxes' groups: one with v2, one a controller with v1, none without groups. */
export function controlGroupFolders(): readonly string[] {
  return roots().folders;
}

/** One sandbox's own group. Without cgroups it has no folders and holds nothing. */
export class ControlGroup {
  readonly #folders: readonly string[];

  constructor(folders: readonly string[]) {
    this.#folders = folders;
  }

  static create(name: string, limits: { memoryBytes: number; processes: number }): ControlGroup {
    const { folders } = roots();
    const own = folders.map((folder) => join(folder, name));
    for (const folder of own) mkdirSync(folder);
    for (const folder of own) {
      limit(folder, 'memory.limit_in_bytes', limits.memoryBytes);
      limit(folder, 'memory.max', limits.memoryBytes);
      // Swapping would turn a memory limit into a slow run. v1 limits memory and swap together.
      limit(folder, 'memory.memsw.limit_in_bytes', limits.memoryBytes);
      limit(folder, 'memory.swap.max', 0);
      limit(folder, 'pids.max', limits.processes);
      // Out of memory, all of it ends as one: a rest that waits for a killed child would wait for its time to be up.
      limit(folder, 'memory.oom.group', 1);
    }
    return new ControlGroup(own);
  }

  /** Files to write `0` to by a process that wants to move itself in. */
  get doors(): string[] {
    return this.#folders.map((folder) => join(folder, 'cgroup.procs'));
  }

  /** Which of its own limits the kernel enforced, if any. */
  hit(): 'memory' | 'processes' | undefined {
    for (const folder of this.#folders) if (ranOutOfMemory(folder)) return 'memory';
    for (const folder of this.#folders) if (count(folder, 'pids.events', 'max') > 0) return 'processes';
    return undefined;
  }

  /** Kills whatever is in the group. */
  kill(): void {
    for (const folder of this.#folders) {
      // One write for all of them, where the kernel is 5.14 or newer and it is cgroup v2.
      const all = join(folder, 'cgroup.kill');
      if (existsSync(all)) writeFileSync(all, '1');
      else killEach(join(folder, 'cgroup.procs'));
    }
  }

  /** Removes the group once it is empty; the kernel takes a moment to bury what was killed. Throws if it never empties. */
  async remove(): Promise<void> {
    const until = Date.now() + emptyDeadlineMs;
    for (const folder of this.#folders) {
      for (let attempt = 0; ; attempt++) {
        try {
          rmdirSync(folder);
          break;
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code === 'ENOENT') break;
          if (Date.now() > until)
            throw new Error(`${folder} still holds processes after they were killed`, { cause: error });
          await delay(Math.min(attempt + 1, 25));
        }
      }
    }
  }
}

/** A name for a sandbox's group that says which runner it belongs to. */
export function controlGroupName(): string {
  return `sandbox-${process.pid}-${randomUUID()}`;
}

/** Removes the groups of runners that are no more, killing what is still in them. Returns how many. */
export async function sweepControlGroups(): Promise<number> {
  let swept = 0;
  for (const folder of roots().folders) {
    for (const name of await readdir(folder)) {
      const owner = /^sandbox-(\d+)-/.exec(name)?.[1];
      if (owner === undefined || existsSync(`/proc/${owner}`)) continue;
      const group = new ControlGroup([join(folder, name)]);
      group.kill();
      await group.remove();
      swept++;
    }
  }
  return swept;
}

function ranOutOfMemory(folder: string): boolean {
  if (count(folder, 'memory.oom_control', 'oom_kill') > 0) return true;
  // v2 counts the killed of whichever limit, a service's or the machine's too; only at its own does the group say `oom`.
  return ['oom', 'oom_kill'].every((field) => count(folder, 'memory.events', field) > 0);
}

function killEach(door: string): void {
  if (!existsSync(door)) return;
  for (const pid of readFileSync(door, 'utf8').split('\n').filter(Boolean)) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It ended in the meantime.
    }
  }
}

function limit(folder: string, file: string, value: number): void {
  const path = join(folder, file);
  if (existsSync(path)) writeFileSync(path, String(value));
}

function count(folder: string, file: string, field: string): number {
  const path = join(folder, file);
  if (!existsSync(path)) return 0;
  const found = readFileSync(path, 'utf8').match(new RegExp(`^${field} (\\d+)$`, 'm'));
  return Number(found?.[1] ?? 0);
}
