import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { bubblewrapOptions } from './bubblewrap.ts';
import { type LimitTier, limitTier } from './cgroup.ts';
import { underRlimits } from './limits.ts';
import { hasFilter, seccompProgram } from './seccomp/program.ts';

/** What this host allows: how sandboxes are limited, and in plain words what is missing and how to mend it. */
export type Containment = { tier: LimitTier | 'none'; notices: string[] };

const limits = {
  memoryBytes: 64 << 20,
  processes: 64,
  cpuSeconds: 5,
  files: 64,
  fileBytes: 1 << 20,
  tmpfsBytes: 1 << 20,
};

/** Builds a real sandbox that does nothing, and reports what stood in the way. */
export async function testContainment(): Promise<Containment> {
  if (process.platform !== 'linux') {
    return {
      tier: 'none',
      notices: [
        `Submissions cannot run on ${process.platform}: sandboxes are built from Linux namespaces. Start Boundary on Linux, in WSL2 or in a Linux virtual machine. Reading works everywhere.`,
      ],
    };
  }
  const complaint = await trySandbox();
  if (complaint !== undefined) return { tier: 'none', notices: [explain(complaint)] };
  const tier = limitTier();
  const notices = hasFilter()
    ? []
    : [
        `Sandboxes have no filter of system calls on ${process.arch}, only on x64 and arm64. Namespaces and limits hold.`,
      ];
  if (tier !== 'rlimits') return { tier, notices };
  return { tier, notices: [...notices, ungrouped(process.env.BOUNDARY_NO_GROUPS)] };
}

/** Says that only single processes are limited, and why: `refusal` is what the system answered when groups were made. */
export function ungrouped(refusal: string | undefined): string {
  const what =
    'Sandboxes hold, but the memory of a whole submission is not limited, because the runner has no control groups to divide.';
  if (refusal === undefined) {
    return `${what} A service of systemd with Delegate=yes has them (cgroup v2), as has \`systemd-run --user --scope -p Delegate=yes npm start\`. Started by root, the runner makes them, and gives root up before it serves.`;
  }
  return `${what} They could not be made: ${refusal}. In a container, /sys/fs/cgroup has to be writable and the container's own (Docker: --privileged --cgroupns=private); a virtual machine has neither problem.`;
}

async function trySandbox(): Promise<string | undefined> {
  const spec = {
    command: ['/usr/bin/true'],
    env: {},
    cwd: '/',
    uid: 1000,
    gid: 1000,
    readOnly: [],
    writable: [],
    limits,
  };
  const filterDescriptor = 3;
  const options = bubblewrapOptions(spec, filterDescriptor);
  const child = spawn('bwrap', [...options, '--', ...underRlimits(limits, spec.command, false)], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const filterPipe = child.stdio[filterDescriptor] as Writable;
  // A bubblewrap that does not start reads nothing; what it says of that is what counts.
  filterPipe.on('error', () => undefined);
  filterPipe.end(hasFilter(process.arch) ? seccompProgram(process.arch) : undefined);
  const text: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => text.push(chunk));
  try {
    const [code] = await once(child, 'close');
    return code === 0 ? undefined : Buffer.concat(text).toString('utf8').trim() || `exit code ${code}`;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Turns bubblewrap's complaint into what happened, why, and the line that mends it. */
export function explain(complaint: string): string {
  if (complaint.includes('ENOENT')) {
    return 'Submissions cannot run: the sandbox tool bubblewrap is not installed. Install it with: sudo apt-get install bubblewrap (dnf install bubblewrap, apk add bubblewrap), then start Boundary again.';
  }
  if (complaint.includes('prlimit')) {
    return 'Submissions cannot run: prlimit, which sets limits inside a sandbox, is missing. Install it with: sudo apt-get install util-linux, then start Boundary again.';
  }
  if (/Operation not permitted|Permission denied|No permissions to create/.test(complaint)) {
    return `Submissions cannot run: this system does not let ordinary users create namespaces (bubblewrap: ${complaint}). On Ubuntu 23.10 and newer, install the AppArmor profile for it: sudo apt-get install apparmor-profiles && sudo ln -s /usr/share/apparmor/extra-profiles/bwrap-userns-restrict /etc/apparmor.d/ && sudo systemctl reload apparmor. Elsewhere: sudo sysctl kernel.unprivileged_userns_clone=1 user.max_user_namespaces=65536.`;
  }
  if (/seccomp/i.test(complaint)) {
    return `Submissions cannot run: this kernel takes no filter of system calls (bubblewrap: ${complaint}). It needs one built with CONFIG_SECCOMP_FILTER, as every distribution's own kernel is; inside a container, allow it to call seccomp.`;
  }
  return `Submissions cannot run: bubblewrap could not build a sandbox here. It said: ${complaint}`;
}
