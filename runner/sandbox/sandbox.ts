import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:net';
import type { Duplex, Readable, Writable } from 'node:stream';
import { bubblewrapOptions, type SandboxSpec } from './bubblewrap.ts';
import { ControlGroup, controlGroupName } from './cgroup.ts';
import { underRlimits } from './limits.ts';
import { hasFilter, seccompProgram } from './seccomp/program.ts';

/** How a sandbox ended, and the limit that the kernel enforced on it, if any. */
export type SandboxExit = {
  code: number | null;
  signal: NodeJS.Signals | null;
  limit: 'memory' | 'processes' | undefined;
};

/** A socket that listens inside the sandbox's network, or at a path in its file system, and is accepted on here. */
export type HandedListener = { name: string; port?: number; server: Server };

let live = 0;

/** Sandboxes that this process started and that are not yet gone without a trace. */
export function liveSandboxes(): number {
  return live;
}

/** File descriptors inside the sandbox. */
const fd = { control: 3, handover: 4, arguments: 5, filter: 6 } as const;
const bootDeadlineMs = 20_000;
/** Bytes that may wait for a program to read them; the largest submission is a fraction of that. */
const maxUnread = 32 << 20;

/**
 * One isolated process tree: its own users, processes, mounts, network and IPC, the limits of its spec, and no path of
 * the host that it could write to. It talks to the runner over an inherited socket (descriptor 3). Sockets that are to
 * be served from outside are opened inside by our own code before anything of a learner's runs, and handed over; after
 * that the channel for handing over is closed for good.
 */
export class Sandbox implements AsyncDisposable {
  readonly control: Duplex;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly exited: Promise<SandboxExit>;
  readonly listeners: readonly HandedListener[];
  readonly #child: ChildProcess;
  #disposed: Promise<void> | undefined;
  readonly #group: ControlGroup;

  private constructor(child: ChildProcess, group: ControlGroup, listeners: HandedListener[]) {
    this.#child = child;
    this.#group = group;
    this.listeners = listeners;
    this.stdout = child.stdout as Readable;
    this.stderr = child.stderr as Readable;
    this.control = child.stdio[fd.control] as Duplex;
    live++;
    this.exited = exitOf(child).then((exit) => ({ ...exit, limit: group.hit() }));
  }

  /** Starts the sandbox and resolves once its program has handed its listeners over. Rejects with what went wrong. */
  static async launch(spec: SandboxSpec): Promise<Sandbox> {
    const group = ControlGroup.create(controlGroupName(), spec.limits);
    // Options go through a pipe, so that host paths do not show in the command line that the sandbox can read.
    // The shell moves itself into the group and then becomes bubblewrap, so nothing ever runs outside of it.
    const enter = 'for door in $DOORS; do echo 0 > "$door" || exit 97; done; unset DOORS; exec bwrap --args 5 -- "$@"';
    const command = underRlimits(spec.limits, spec.command, group.doors.length > 0);
    const child = spawn('/bin/sh', ['-c', enter, 'sh', ...command], {
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', DOORS: group.doors.join(' ') },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'ipc', 'pipe', 'pipe'],
      // A process group of its own: Ctrl+C in the terminal is for the runner, which lets runs end first.
      detached: true,
    });
    // Where no process can be made there are no pipes either; the error that tells of it comes a moment later.
    const failed = new Promise<never>((_, reject) => child.on('error', reject));
    failed.catch(() => undefined);
    if (child.pid === undefined) {
      await group.remove();
      return failed;
    }
    const listeners: HandedListener[] = [];
    const env = { ...spec.env, NODE_CHANNEL_FD: String(fd.handover) };
    const pipes = child.stdio as readonly unknown[];
    const [argumentsPipe, filterPipe] = [pipes[fd.arguments] as Writable, pipes[fd.filter] as Writable];
    for (const stream of [child.stdio[fd.control], argumentsPipe, filterPipe]) stream?.on('error', ignoreBrokenPipe);
    argumentsPipe.end(`${bubblewrapOptions({ ...spec, env }, fd.filter).join('\0')}\0`);
    filterPipe.end(hasFilter(process.arch) ? seccompProgram(process.arch) : undefined);
    try {
      await handover(child, listeners);
      return new Sandbox(child, group, listeners);
    } catch (error) {
      child.kill('SIGKILL');
      await exitOf(child);
      for (const { server } of listeners) server.close();
      group.kill();
      await group.remove();
      throw error;
    }
  }

  /** Calls back with what the processes write, from now on; nothing written earlier is lost. */
  onOutput(listener: (stream: 'stdout' | 'stderr', chunk: Buffer) => void): void {
    this.stdout.on('data', (chunk: Buffer) => listener('stdout', chunk)).resume();
    this.stderr.on('data', (chunk: Buffer) => listener('stderr', chunk)).resume();
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Sends one JSON value down the control socket. Kills a sandbox that has stopped reading it. */
  send(frame: unknown): void {
    if (this.control.writable) this.control.write(`${JSON.stringify(frame)}\n`);
    if (this.control.writableLength > maxUnread) this.kill();
  }

  /** Kills everything in it and gives back all it held. Safe to call more than once. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#disposed ??= this.#dispose();
    return this.#disposed;
  }

  async #dispose(): Promise<void> {
    this.kill();
    for (const { server } of this.listeners) server.close();
    this.stdout.resume();
    this.stderr.resume();
    this.control.resume();
    await this.exited;
    this.control.destroy();
    this.#group.kill();
    await this.#group.remove();
    live--;
  }
}

/** Collects the listeners that the program sends, until it closes the channel. */
async function handover(child: ChildProcess, listeners: HandedListener[]): Promise<void> {
  child.on('message', (message: { name: string; port?: number }, server) => {
    listeners.push({ ...message, server: server as Server });
  });
  const complaints: Buffer[] = [];
  const listen = (chunk: Buffer) => complaints.push(chunk);
  child.stderr?.on('data', listen);
  const deadline = AbortSignal.timeout(bootDeadlineMs);
  const ended = new AbortController();
  const signal = AbortSignal.any([deadline, ended.signal]);
  try {
    await Promise.race([
      once(child, 'disconnect', { signal }),
      once(child, 'error', { signal }).then(([error]) => Promise.reject(error as Error)),
    ]);
    // The channel closes when the program lets go of it, and also when the program dies: tell the two apart.
    if (!(await acknowledged(child, signal))) {
      const { code } = await exitOf(child);
      const text = Buffer.concat(complaints).toString('utf8').trim();
      throw new Error(`the sandbox ended before it was ready: ${text || `exit code ${code}`}`);
    }
  } catch (error) {
    if (deadline.aborted) throw new Error(`the sandbox was not ready within ${bootDeadlineMs} ms`, { cause: error });
    throw error;
  } finally {
    ended.abort();
    child.stderr?.off('data', listen);
    child.stderr?.pause();
  }
}

/** The program's first byte on the control socket says that it let go of the channel on purpose. */
async function acknowledged(child: ChildProcess, signal: AbortSignal): Promise<boolean> {
  const control = child.stdio[fd.control] as Duplex;
  await once(control, 'readable', { signal });
  return control.read(1) !== null;
}

/** Never rejects: a process that could not be told anything any more has ended, or will. */
function exitOf(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  const { exitCode, signalCode } = child;
  if (child.pid === undefined || exitCode !== null || signalCode !== null) {
    return Promise.resolve({ code: exitCode, signal: signalCode });
  }
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
}

/** Writing to a sandbox that has just died is no fault of ours; `exited` tells of it. */
function ignoreBrokenPipe(): void {}
