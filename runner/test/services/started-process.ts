/** A server that a test has started as a process of its own, and ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** What the snippets are told about it, as environment variables. */
export type Service = AsyncDisposable & { readonly env: Record<string, string> };

/** `name` is what the program is called by, where it is more than one program. */
type Command = { program: string; name?: string; args: string[]; env?: Record<string, string> };

const patienceMs = 60_000;

/**
 * Starts a program on free ports of the loopback, and waits until it accepts connections on the first. A port may be taken
 * by somebody else before the program binds it; then other ports are tried. Throws with what the program said.
 */
export async function startProcess(
  ports: number,
  command: (...ports: number[]) => Command,
): Promise<{ ports: number[]; stop: () => Promise<void> }> {
  let said = '';
  for (let attempt = 1; attempt <= 3; attempt++) {
    const free = await Promise.all(Array.from({ length: ports }, freePort));
    const { program, name = program, args, env } = command(...free);
    const child = spawn(program, args, {
      argv0: name,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    const failed = once(child, 'error').then(([error]) => String(error));
    const listen = (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-4000);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    if (await accepts(child, free[0] ?? 0)) return { ports: free, stop: () => stop(child) };
    if (child.pid === undefined) said += await failed;
    await stop(child);
  }
  throw new Error(`The server did not start: ${said}`);
}

async function accepts(child: ChildProcess, port: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline && child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    const socket = connect(port, '127.0.0.1');
    const [outcome] = await Promise.race([
      once(socket, 'connect').then(() => [true]),
      once(socket, 'error').then(() => [false]),
    ]).catch(() => [false]);
    socket.destroy();
    if (outcome) return true;
    await wait(50);
  }
  return false;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return address.port;
}
