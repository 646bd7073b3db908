import { lstatSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { SandboxLimits } from './limits.ts';
import { hasFilter } from './seccomp/program.ts';

/** A host path that the sandbox sees, read-only. */
export type ReadOnlyMount = { from: string; to: string };

export type SandboxSpec = {
  /** The program and its arguments, as paths inside the sandbox. */
  command: readonly string[];
  /** The whole environment: nothing of the host's is passed on. */
  env: Readonly<Record<string, string>>;
  cwd: string;
  /** Ids that the processes see as their own. */
  uid: number;
  gid: number;
  readOnly: readonly ReadOnlyMount[];
  /** Folders that are writable, each an empty tmpfs of `limits.tmpfsBytes`. With `/` among them, all but the host's own is. */
  writable: readonly string[];
  /** Folders to make, for a root that is writable. */
  folders?: readonly string[];
  /** `boundary` unless given. */
  hostname?: string;
  limits: SandboxLimits;
};

const etc = join(import.meta.dirname, 'etc');
/** Top-level names that are links into /usr on a merged system, and folders of their own on an older one. */
const systemFolders = ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32'];

/**
 * The options that make bubblewrap build the sandbox; the command to start in it follows them.
 *
 * @param filterDescriptor where bubblewrap reads the system call filter, if this machine has one
 */
export function bubblewrapOptions(spec: SandboxSpec, filterDescriptor: number): string[] {
  const { limits } = spec;
  const writable = new Set(['/dev/shm', '/tmp', ...spec.writable]);
  const wholeRoot = writable.delete('/');
  const readOnly = ['/dev', ...(writable.has('/usr/local') ? [] : ['/usr/local']), ...(wholeRoot ? [] : ['/'])];
  return [
    ...(hasFilter() ? ['--seccomp', String(filterDescriptor)] : []),
    ...['--unshare-user', '--unshare-ipc', '--unshare-pid', '--unshare-net', '--unshare-uts', '--unshare-cgroup-try'],
    ...['--uid', String(spec.uid), '--gid', String(spec.gid), '--hostname', spec.hostname ?? 'boundary'],
    ...['--disable-userns', '--die-with-parent', '--new-session', '--clearenv', '--cap-drop', 'ALL'],
    ...Object.entries(spec.env).flatMap(([name, value]) => ['--setenv', name, value]),
    ...(wholeRoot ? tmpfs('/', limits.tmpfsBytes) : []),
    ...systemFiles(),
    ...(spec.folders ?? []).flatMap((folder) => ['--dir', folder]),
    ...['--proc', '/proc', '--dev', '/dev'],
    // What is mounted later lies over what was mounted before: folders first, then the files in them.
    ...[...writable].flatMap((folder) => tmpfs(folder, limits.tmpfsBytes)),
    ...etcFiles(wholeRoot),
    ...spec.readOnly.flatMap(({ from, to }) => ['--ro-bind', from, to]),
    ...readOnly.flatMap((path) => ['--remount-ro', path]),
    ...['--chdir', spec.cwd],
  ];
}

/** The host's programs and libraries, without what its owner put under /usr/local. */
function systemFiles(): string[] {
  const folders = systemFolders.flatMap((name) => {
    const path = `/${name}`;
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (!stat) return [];
    return stat.isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path];
  });
  return ['--ro-bind', '/usr', '/usr', ...folders, '--tmpfs', '/usr/local'];
}

/** An /etc of our own. In a root that is writable, the file of hosts is for the program to write. */
function etcFiles(wholeRoot: boolean): string[] {
  const files = ['passwd', 'group', 'nsswitch.conf', ...(wholeRoot ? [] : ['hosts'])];
  return [
    ...files.flatMap((file) => ['--ro-bind', join(etc, file), `/etc/${file}`]),
    ...[
      '--ro-bind-try',
      '/etc/ld.so.cache',
      '/etc/ld.so.cache',
      '--ro-bind-try',
      '/etc/alternatives',
      '/etc/alternatives',
    ],
  ];
}

function tmpfs(folder: string, bytes: number): string[] {
  return ['--size', String(bytes), '--tmpfs', folder];
}
