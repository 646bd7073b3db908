import { randomUUID } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** How resource limits are held: by cgroup v2 or v1 for a whole sandbox, or by rlimits for each process alone. */
export type LimitTier = 'cgroup2' | 'cgroup1' | 'rlimits';

const mount = '/sys/fs/cgroup';
/** Our part of the tree; `cli/delegate-cgroups.ts` hands it over where the runner was started by root. */
const part = 'boundary';

/** The folders, one a controller, in which this runner may make groups. Empty where cgroups are not at hand. */
function roots(): { tier: LimitTier; folders: string[] } {
  const v2 = join(mount, part);
  if (existsSync(join(mount, 'cgroup.controllers'))) {
    const controllers = existsSync(v2) ? readFileSync(join(v2, 'cgroup.subtree_control'), 'utf8') : '';
    const usable = controllers.includes('memory') && controllers.includes('pids') && writable(v2);
    return usable ? { tier: 'cgroup2', folders: [v2] } : { tier: 'rlimits', folders: [] };
  }
  const v1 = ['memory', 'pids'].map((controller) => join(mount, controller, part));
  return v1.every(writable) ? { tier: 'cgroup1', folders: v1 } : { tier: 'rlimits', folders: [] };
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
      // Swapping would turn a memory limit into a slow run.
      limit(folder, 'memory.swap.max', 0);
      limit(folder, 'pids.max', limits.processes);
    }
    return new ControlGroup(own);
  }

  /** Files to write `0` to by a process that wants to move itself in. */
  get doors(): string[] {
    return this.#folders.map((folder) => join(folder, 'cgroup.procs'));
  }

  /** Which limit the kernel enforced, if any. */
  hit(): 'memory' | 'processes' | undefined {
    for (const folder of this.#folders) {
      if (count(folder, 'memory.oom_control', 'oom_kill') + count(folder, 'memory.events', 'oom_kill') > 0)
        return 'memory';
    }
    for (const folder of this.#folders) if (count(folder, 'pids.events', 'max') > 0) return 'processes';
    return undefined;
  }

  /** Kills whatever is in the group. */
  kill(): void {
    for (const door of this.doors) {
      for (const pid of readFileSync(door, 'utf8').split('\n').filter(Boolean)) {
        try {
          process.kill(Number(pid), 'SIGKILL');
        } catch {
          // It ended in the meantime.
        }
      }
    }
  }

  /** Removes the group once it is empty; the kernel takes a moment to bury what was killed. Throws if it never empties. */
  async remove(): Promise<void> {
    for (const folder of this.#folders) {
      for (let attempt = 0; ; attempt++) {
        try {
          rmdirSync(folder);
          break;
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code === 'ENOENT') break;
          if (attempt === 200)
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
