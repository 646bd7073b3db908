/** What one sandbox may use. A limit that is hit ends the sandbox and is named in the outcome. */
export type SandboxLimits = {
  /** Resident memory of all its processes together, tmpfs included. Held only where cgroups are at hand. */
  memoryBytes: number;
  /** Processes and threads alive at once. */
  processes: number;
  /** Processor time of any one process. */
  cpuSeconds: number;
  /** Open file descriptors of any one process. */
  files: number;
  /** Size of any one file. */
  fileBytes: number;
  /** Size of each writable file system. */
  tmpfsBytes: number;
};

/**
 * Wraps a command so that it runs under the limits that the kernel keeps per process.
 *
 * @param grouped whether a control group counts processes too
 */
export function underRlimits(limits: SandboxLimits, command: readonly string[], grouped: boolean): string[] {
  // The group's limit is the one whose breach can be told of, so it has to be met first.
  const processes = grouped ? 4 * limits.processes : limits.processes;
  return [
    '/usr/bin/prlimit',
    // Counted per user namespace, so it has to be set inside the sandbox.
    `--nproc=${processes}`,
    // A soft limit below the hard one: at the hard one the kernel kills without a word of why.
    `--cpu=${limits.cpuSeconds}:${limits.cpuSeconds + 1}`,
    `--nofile=${limits.files}`,
    `--fsize=${limits.fileBytes}`,
    '--core=0',
    '--',
    ...command,
  ];
}
