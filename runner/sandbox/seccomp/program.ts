import { deniedCalls, judgedCalls, namespaceFlags, socketFamilies, terminalRequests } from './policy.ts';

type Machine = 'x64' | 'arm64';
/** One instruction of classic BPF: `struct sock_filter` of `linux/filter.h`. */
type Instruction = { code: number; jumpTrue: number; jumpFalse: number; k: number };

const load = 0x20; // BPF_LD | BPF_W | BPF_ABS
const jumpEqual = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
const jumpAnySet = 0x45; // BPF_JMP | BPF_JSET | BPF_K
const jumpAtLeast = 0x35; // BPF_JMP | BPF_JGE | BPF_K
const answer = 0x06; // BPF_RET | BPF_K

/** Offsets in `struct seccomp_data`; of an argument, the lower half on a little-endian machine. */
const at = { call: 0, architecture: 4, firstArgument: 16, secondArgument: 24 } as const;

const allow = 0x7fff0000;
const killProcess = 0x80000000;
const errno = (number: number) => 0x00050000 | number;
const EPERM = 1;
const ENOSYS = 38;
const EAFNOSUPPORT = 97;

/** `AUDIT_ARCH_*` of `linux/audit.h`. */
const architectures = { x64: 0xc000003e, arm64: 0xc00000b7 } as const;
/** Set in the number of a call by the x32 way in, which would pass by every comparison. */
const x32Bit = 0x40000000;

/** Whether there is a filter for this kind of machine. */
export function hasFilter(machine: string = process.arch): machine is Machine {
  return machine === 'x64' || machine === 'arm64';
}

/** The policy as the program that bubblewrap hands to the kernel (`--seccomp`). */
export function seccompProgram(machine: Machine): Buffer {
  const instructions = [
    { code: load, jumpTrue: 0, jumpFalse: 0, k: at.architecture },
    // A call by another architecture's door has other numbers: nothing here does that by accident.
    { code: jumpEqual, jumpTrue: 1, jumpFalse: 0, k: architectures[machine] },
    ends(killProcess),
    { code: load, jumpTrue: 0, jumpFalse: 0, k: at.call },
    { code: jumpAtLeast, jumpTrue: 0, jumpFalse: 1, k: x32Bit },
    ends(errno(ENOSYS)),
    ...Object.values(deniedCalls)
      .flat()
      .flatMap((call) => (call[machine] === undefined ? [] : when(call[machine], [ends(errno(EPERM))]))),
    // Its flags are in memory, where a filter cannot look. Told that there is no such call, libraries use `clone`.
    ...when(judgedCalls.clone3[machine], [ends(errno(ENOSYS))]),
    ...when(judgedCalls.clone[machine], [
      { code: load, jumpTrue: 0, jumpFalse: 0, k: at.firstArgument },
      { code: jumpAnySet, jumpTrue: 0, jumpFalse: 1, k: namespaceFlags },
      ends(errno(EPERM)),
      ends(allow),
    ]),
    ...when(judgedCalls.ioctl[machine], [
      { code: load, jumpTrue: 0, jumpFalse: 0, k: at.secondArgument },
      ...terminalRequests.flatMap((request) => when(request, [ends(errno(EPERM))])),
      ends(allow),
    ]),
    ...when(judgedCalls.socket[machine], [
      { code: load, jumpTrue: 0, jumpFalse: 0, k: at.firstArgument },
      ...socketFamilies.flatMap((family) => when(family, [ends(allow)])),
      ends(errno(EAFNOSUPPORT)),
    ]),
    ends(allow),
  ];
  return Buffer.concat(instructions.map(encode));
}

/** `body`, which ends in an answer, if what was loaded last is `value`; else on behind it. */
function when(value: number, body: readonly Instruction[]): Instruction[] {
  return [{ code: jumpEqual, jumpTrue: 0, jumpFalse: body.length, k: value }, ...body];
}

function ends(k: number): Instruction {
  return { code: answer, jumpTrue: 0, jumpFalse: 0, k };
}

function encode({ code, jumpTrue, jumpFalse, k }: Instruction): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt8(jumpTrue, 2);
  bytes.writeUInt8(jumpFalse, 3);
  bytes.writeUInt32LE(k >>> 0, 4);
  return bytes;
}
