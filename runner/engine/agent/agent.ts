/**
 * Runs inside a service container's sandbox: starts and signals the container's processes and carries connections
 * between its network and the runner. It holds nothing that a process beside it could gain by.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { connect, Socket } from 'node:net';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
// Paths inside the sandbox, which mounts both folders side by side as they are on the host.
import { handOver } from '../../sandbox/handover.ts';
import { carry } from './carry.ts';
import { writeHosts } from './hosts-file.ts';
import { type AgentCommand, type AgentEvent, streamsSocket } from './messages.ts';
import { Network } from './network.ts';

/**
 * Connections from outside must not look as if they came from the container's own loopback: `pg_hba.conf` trusts
 * 127.0.0.1 and asks everybody else for a password.
 */
const outsideAddress = '127.0.0.2';

const { BOUNDARY_ENGINE_SOCKET: engineSocket } = process.env;
let control: Socket;
let main: ChildProcess | undefined;
const network = new Network(
  (ports) => say({ event: 'listening', ports }),
  async (client, door) => carry(client, await openStream(door)),
);

// Without a runner it is only being compiled.
if (process.send) await serve();

async function serve(): Promise<void> {
  writeHosts([]);
  await handOver({ ports: 0, sockets: { streams: streamsSocket, ...(engineSocket ? { engine: engineSocket } : {}) } });
  control = new Socket({ fd: 3 });
  createInterface({ input: control }).on('line', (line) => {
    const command = JSON.parse(line) as AgentCommand;
    perform(command).catch((error: unknown) => console.error('agent:', error));
  });
}

async function perform(command: AgentCommand): Promise<void> {
  switch (command.op) {
    case 'unpack':
      return say({ event: 'unpacked', ok: await unpack(command.from, command.to) });
    case 'start':
      return start(command);
    case 'exec':
      return execute(command);
    case 'signal':
      main?.kill(command.signal as NodeJS.Signals);
      return;
    case 'connect':
      return relay(command.id, command.port);
    case 'network':
      writeHosts(command.hosts);
      return network.change(command.doors, command.watch);
  }
}

async function unpack(from: string, to: string): Promise<boolean> {
  try {
    mkdirSync(to, { recursive: true });
    // A megabyte at a time. What it made is this user's own, and the time of each file is now.
    const options = ['--blocking-factor=2048', '--no-same-owner', '--touch'];
    const tar = spawn('tar', ['--extract', ...options, '--file', from, '--directory', to], { stdio: 'inherit' });
    const [code] = await once(tar, 'close');
    return code === 0;
  } catch {
    return false;
  }
}

async function start({ argv, env, cwd }: AgentCommand & { op: 'start' }): Promise<void> {
  const [file = '', ...args] = argv;
  main = spawn(file, args, { env, cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  const code = await exitCode(main, file);
  main = undefined;
  await killTheRest();
  say({ event: 'exited', code });
}

/** A container ends with its main process: whatever that one left behind goes, before the end is told of. */
async function killTheRest(): Promise<void> {
  for (let round = 0; round < 200 && others().length > 0; round++) {
    try {
      // Everything in the sandbox but its first process and this one.
      process.kill(-1, 'SIGKILL');
    } catch {
      return;
    }
    await delay(5);
  }
}

function others(): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && name !== '1' && name !== String(process.pid));
}

async function execute({ id, argv, env, cwd, input, raw }: AgentCommand & { op: 'exec' }): Promise<void> {
  const [file = '', ...args] = argv;
  const stream = await openStream(id);
  const child = spawn(file, args, { env, cwd, stdio: [input ? 'pipe' : 'ignore', 'pipe', raw ? 'ignore' : 'pipe'] });
  // A program that does not read to the end has its reasons; its exit code tells of them.
  child.stdin?.on('error', () => stream.resume());
  if (child.stdin) stream.pipe(child.stdin);
  else stream.resume();
  if (raw) child.stdout?.pipe(stream, { end: false });
  else child.stdout?.on('data', (chunk: Buffer) => stream.write(frame(1, chunk)));
  child.stderr?.on('data', (chunk: Buffer) => stream.write(frame(2, chunk)));
  const code = await exitCode(child, file, (message) => raw || stream.write(frame(2, Buffer.from(message))));
  // The code goes first: whoever reads the stream to its end then asks for it.
  say({ event: 'exec-exited', id, code });
  stream.end();
}

/** Waits for a process; 126 and 127 for one that could not be started, as a shell has it. */
async function exitCode(
  child: ChildProcess,
  file: string,
  complain: (message: string) => unknown = console.error,
): Promise<number> {
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    return code ?? 128 + (signal ? constants.signals[signal] : 0);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    complain(`exec: "${file}": ${missing ? 'executable file not found in $PATH' : 'permission denied'}`);
    return missing ? 127 : 126;
  }
}

async function relay(id: number, port: number): Promise<void> {
  const service = connect({ host: '127.0.0.1', port, localAddress: outsideAddress, noDelay: true });
  try {
    await once(service, 'connect');
  } catch {
    return say({ event: 'refused', id });
  }
  await carry(service, await openStream(id));
}

/** @param head the id of a stream that was asked for, or the door that somebody came through */
async function openStream(head: number | string): Promise<Socket> {
  // The end of a process's input is not the end of its output.
  const stream = connect({ path: streamsSocket, allowHalfOpen: true });
  await once(stream, 'connect');
  stream.on('error', () => stream.destroy());
  stream.write(`${head}\n`);
  return stream;
}

function frame(kind: 1 | 2, chunk: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt8(kind, 0);
  header.writeUInt32BE(chunk.length, 4);
  return Buffer.concat([header, chunk]);
}

function say(event: AgentEvent): void {
  control.write(`${JSON.stringify(event)}\n`);
}
