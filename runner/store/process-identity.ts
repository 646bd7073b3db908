/** Tells a process from a later one with the same number, and this machine from another. */
import { readFileSync, readlinkSync } from 'node:fs';

/** A process that can be recognised later: `started` is its start in clock ticks since boot, from /proc/PID/stat. */
export type ProcessIdentity = { pid: number; started: string };

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, started: startOf(process.pid) ?? '' };
}

/** Whether exactly that process still runs; a zombie does not. */
export function isAlive({ pid, started }: ProcessIdentity): boolean {
  return startOf(pid) === started;
}

/**
 * Names the boot and the pid namespace: two processes with the same name see the same /proc, so that each can tell
 * whether the other is gone.
 */
export function processSpace(): string {
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${readlinkSync('/proc/self/ns/pid')}`;
}

/** Start time of a running process, or `undefined` where there is none. */
export function startOf(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined;
  }
  // The command, in parentheses, may hold spaces; what follows the last one is regular: state is field 3, start 22.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}
