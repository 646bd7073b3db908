import { closeSync, readdirSync, readFileSync } from 'node:fs';

/** O_CLOEXEC in the octal `flags` of `/proc/self/fdinfo`: what has it goes to no child. */
const closeOnExec = 0o2000000;

/**
 * Closes what whoever started this process left open in it: a supervisor's log, a shell's pipe. Children inherit such
 * descriptors whatever is asked for, a sandbox too, and a learner could read or write there. For the beginning of a
 * process that starts sandboxes; what Node has opened for itself by then is closed to children as it is.
 *
 * @returns the numbers of what was closed
 */
export function closeInherited(): number[] {
  const closed = [];
  for (const name of readdirSync('/proc/self/fd')) {
    const descriptor = Number(name);
    if (descriptor <= 2) continue;
    try {
      const flags = /^flags:\s*([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${name}`, 'utf8'))?.[1];
      if (flags === undefined || (Number.parseInt(flags, 8) & closeOnExec) !== 0) continue;
      closeSync(descriptor);
      closed.push(descriptor);
    } catch {
      // The listing itself had a descriptor, which is gone by now.
    }
  }
  return closed;
}
