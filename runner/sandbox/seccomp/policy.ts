/** The calls that nothing in a sandbox needs, by what they would open; `x64` and `arm64` are their numbers in Linux. */
export type DeniedCall = { name: string; x64?: number; arm64?: number };

/**
 * Everything else is allowed: learners' code, PostgreSQL, Node, Python and Go use more calls than a list of our own would
 * hold for long, and namespaces already separate what they reach. What is denied answers EPERM, as under Docker. The
 * numbers are those of Linux' `asm/unistd_64.h` and `asm-generic/unistd.h`.
 */
export const deniedCalls: Readonly<Record<string, readonly DeniedCall[]>> = {
  'large, young parts of the kernel': [
    { name: 'io_uring_setup', x64: 425, arm64: 425 },
    { name: 'io_uring_enter', x64: 426, arm64: 426 },
    { name: 'io_uring_register', x64: 427, arm64: 427 },
    { name: 'bpf', x64: 321, arm64: 280 },
    { name: 'perf_event_open', x64: 298, arm64: 241 },
    { name: 'userfaultfd', x64: 323, arm64: 282 },
    { name: 'fanotify_init', x64: 300, arm64: 262 },
    { name: 'modify_ldt', x64: 154 },
  ],
  'keys, which no namespace separates': [
    { name: 'add_key', x64: 248, arm64: 217 },
    { name: 'request_key', x64: 249, arm64: 218 },
    { name: 'keyctl', x64: 250, arm64: 219 },
  ],
  'namespaces and mounts': [
    { name: 'unshare', x64: 272, arm64: 97 },
    { name: 'setns', x64: 308, arm64: 268 },
    { name: 'mount', x64: 165, arm64: 40 },
    { name: 'umount2', x64: 166, arm64: 39 },
    { name: 'pivot_root', x64: 155, arm64: 41 },
    { name: 'chroot', x64: 161, arm64: 51 },
    { name: 'open_tree', x64: 428, arm64: 428 },
    { name: 'move_mount', x64: 429, arm64: 429 },
    { name: 'fsopen', x64: 430, arm64: 430 },
    { name: 'fsconfig', x64: 431, arm64: 431 },
    { name: 'fsmount', x64: 432, arm64: 432 },
    { name: 'fspick', x64: 433, arm64: 433 },
    { name: 'mount_setattr', x64: 442, arm64: 442 },
    { name: 'name_to_handle_at', x64: 303, arm64: 264 },
    { name: 'open_by_handle_at', x64: 304, arm64: 265 },
  ],
  'other processes’ memory': [
    { name: 'ptrace', x64: 101, arm64: 117 },
    { name: 'process_vm_readv', x64: 310, arm64: 270 },
    { name: 'process_vm_writev', x64: 311, arm64: 271 },
    { name: 'process_madvise', x64: 440, arm64: 440 },
    { name: 'pidfd_getfd', x64: 438, arm64: 438 },
    { name: 'kcmp', x64: 312, arm64: 272 },
    { name: 'migrate_pages', x64: 256, arm64: 238 },
    { name: 'move_pages', x64: 279, arm64: 239 },
  ],
  'the machine itself': [
    { name: 'init_module', x64: 175, arm64: 105 },
    { name: 'finit_module', x64: 313, arm64: 273 },
    { name: 'delete_module', x64: 176, arm64: 106 },
    { name: 'kexec_load', x64: 246, arm64: 104 },
    { name: 'kexec_file_load', x64: 320, arm64: 294 },
    { name: 'reboot', x64: 169, arm64: 142 },
    { name: 'swapon', x64: 167, arm64: 224 },
    { name: 'swapoff', x64: 168, arm64: 225 },
    { name: 'acct', x64: 163, arm64: 89 },
    { name: 'quotactl', x64: 179, arm64: 60 },
    { name: 'quotactl_fd', x64: 443, arm64: 443 },
    { name: 'syslog', x64: 103, arm64: 116 },
    { name: 'settimeofday', x64: 164, arm64: 170 },
    { name: 'clock_settime', x64: 227, arm64: 112 },
    { name: 'adjtimex', x64: 159, arm64: 171 },
    { name: 'clock_adjtime', x64: 305, arm64: 266 },
    { name: 'sethostname', x64: 170, arm64: 161 },
    { name: 'setdomainname', x64: 171, arm64: 162 },
    { name: 'iopl', x64: 172 },
    { name: 'ioperm', x64: 173 },
    { name: 'vhangup', x64: 153, arm64: 58 },
  ],
};

/** Calls that are allowed or denied by one of their arguments. */
export const judgedCalls = {
  clone: { x64: 56, arm64: 220 },
  clone3: { x64: 435, arm64: 435 },
  ioctl: { x64: 16, arm64: 29 },
  socket: { x64: 41, arm64: 198 },
} as const;

/** Flags of `clone` that make a namespace: CLONE_NEWNS, CGROUP, UTS, IPC, USER, PID and NET. */
export const namespaceFlags = 0x7e020000;

/** Requests of `ioctl` that type into a terminal as if its owner did: TIOCSTI and TIOCLINUX. */
export const terminalRequests = [0x5412, 0x541c] as const;

/** AF_UNIX, AF_INET, AF_INET6 and AF_NETLINK, by which a process learns its own addresses. No vsock, no raw packets, no AF_ALG. */
export const socketFamilies = [1, 2, 10, 16] as const;
