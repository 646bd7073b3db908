import type { Server } from 'node:net';
import { dirname, join } from 'node:path';
import { PortPool } from '../../engine/index.ts';
import {
  compileCacheMount,
  compileCacheVariables,
  readFrames,
  Sandbox,
  type SandboxLimits,
} from '../../sandbox/index.ts';
import { type HostMessage, hostMessageSchema, type TestCommand } from './messages.ts';

const runnerFolder = dirname(dirname(import.meta.dirname));
const nodeModules = join(dirname(runnerFolder), 'node_modules');
/** Ports that a learner's containers can be published on at once. */
const portCount = 16;
const bootDeadlineMs = 30_000;
const node = '/usr/local/bin/node';
/** Stands for the project's folder. */
const base = '/box';

/** What runs in a learner's sandbox. */
export const learnerProgram = join(import.meta.dirname, 'inside', 'host.ts');

/** Writes what learners' sandboxes load into one file, in a folder that it is given. */
export const bundleProgram = join(import.meta.dirname, 'bundle.ts');

/** What a learner's sandbox tells while it runs. */
export type LearnerListener = {
  onMessage(message: HostMessage): void;
  onOutput(stream: 'stdout' | 'stderr', chunk: Buffer): void;
  /** It sent what no host of ours would: the sandbox is no longer to be believed. */
  onFault(fault: Error): void;
};

/** Serves an engine to a sandbox that rehearses, one with a PostgreSQL, up to its disposal. */
export type Rehearsal = (learner: LearnerSandbox) => AsyncDisposable;

/** A sandbox with Node, Vitest and the learners' libraries loaded, ready for one submission's files. */
export class LearnerSandbox implements AsyncDisposable {
  /** The socket that Testcontainers finds as its engine. */
  readonly gateway: Server;
  readonly ports: PortPool;
  readonly exited: Sandbox['exited'];
  readonly #sandbox: Sandbox;
  #listener: LearnerListener | undefined;
  #ready = Promise.withResolvers<void>();
  /** What went otherwise than it should while it rehearsed: it tests all the same, only slower. */
  rehearsalFault: string | undefined;

  private constructor(sandbox: Sandbox, maxFrameBytes: number) {
    this.#sandbox = sandbox;
    this.exited = sandbox.exited;
    this.gateway = sandbox.listeners.find(({ name }) => name === 'gateway')?.server as Server;
    const ports = sandbox.listeners.flatMap(({ port, server }) => (port === undefined ? [] : [{ port, server }]));
    this.ports = new PortPool(ports);
    readFrames(
      sandbox.control,
      maxFrameBytes,
      (value) => this.#receive(value),
      (fault) => this.#listener?.onFault(fault),
    );
  }

  /**
   * @param maxFrameBytes the longest message that it may send
   * @param manner with a rehearsal it runs a few tests of our own first, so that it takes longer to be ready, and then
   * runs a learner's in less time: right for one that is made in advance
   * @param signal aborted, it ends and rejects, unless it is ready already
   */
  static async launch(
    limits: SandboxLimits,
    maxFrameBytes: number,
    manner: 'at once' | 'rehearsed' | Rehearsal = 'at once',
    signal?: AbortSignal,
  ): Promise<LearnerSandbox> {
    const sandbox = await Sandbox.launch({
      command: [
        node,
        '--disable-warning=ExperimentalWarning',
        // Room for what a short run leaves behind: collecting it took a tenth of its processor time.
        '--min-semi-space-size=32',
        '--max-semi-space-size=32',
        `${base}/runner/toolchains/vitest/inside/host.ts`,
        String(portCount),
        typeof manner === 'string' ? manner : 'with containers',
      ],
      env: {
        PATH: '/usr/local/bin:/usr/bin:/bin',
        HOME: '/tmp',
        LANG: 'C.UTF-8',
        CI: 'true',
        NO_COLOR: '1',
        DOCKER_HOST: 'unix:///run/boundary/docker.sock',
        TESTCONTAINERS_HOST_OVERRIDE: '127.0.0.1',
        // The runner removes what a run leaves; Ryuk would be a container more to do the same.
        TESTCONTAINERS_RYUK_DISABLED: 'true',
        ...compileCacheVariables(`${base}/.cache/compiled`),
      },
      cwd: '/box/work',
      uid: 1000,
      gid: 1000,
      readOnly: [
        { from: process.execPath, to: node },
        { from: nodeModules, to: `${base}/node_modules` },
        { from: join(runnerFolder, 'sandbox'), to: `${base}/runner/sandbox` },
        { from: join(runnerFolder, 'toolchains'), to: `${base}/runner/toolchains` },
        ...compileCacheMount(base),
      ],
      writable: ['/box/work', '/run/boundary'],
      limits,
    });
    const learner = new LearnerSandbox(sandbox, maxFrameBytes);
    const kill = () => learner.kill();
    signal?.addEventListener('abort', kill, { once: true });
    try {
      signal?.throwIfAborted();
      await using _stage = typeof manner === 'string' ? undefined : manner(learner);
      await learner.#booted();
      return learner;
    } catch (error) {
      await sandbox[Symbol.asyncDispose]();
      throw error;
    } finally {
      signal?.removeEventListener('abort', kill);
    }
  }

  async #booted(): Promise<void> {
    const complaints: Buffer[] = [];
    const { promise: died, reject } = Promise.withResolvers<never>();
    const fail = (why: string) =>
      reject(new Error(`a test sandbox did not start: ${why}\n${Buffer.concat(complaints)}`));
    this.#sandbox.onOutput((stream, chunk) => {
      if (this.#listener) this.#listener.onOutput(stream, chunk);
      else if (complaints.length < 64) complaints.push(chunk);
    });
    const timer = setTimeout(() => fail(`it was not ready within ${bootDeadlineMs} ms`), bootDeadlineMs);
    void this.exited.then(({ code: exit, signal }) => fail(`it ended with ${signal ?? `exit code ${exit}`}`));
    died.catch(() => undefined);
    try {
      await Promise.race([this.#ready.promise, died]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Hands the files in and tests them. To be called once; what happens goes to `listener`. */
  test(command: TestCommand, listener: LearnerListener): void {
    this.#listener = listener;
    this.#sandbox.send(command);
  }

  /** Lets the test begin or end that has just been announced. */
  acknowledge(): void {
    this.#sandbox.send('go on');
  }

  kill(): void {
    this.#sandbox.kill();
  }

  #receive(value: unknown): void {
    const parsed = hostMessageSchema.safeParse(value);
    if (!parsed.success) this.#listener?.onFault(new Error('a message that is none'));
    else if (parsed.data.type === 'ready') {
      this.rehearsalFault = parsed.data.fault;
      this.#ready.resolve();
    } else this.#listener?.onMessage(parsed.data);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#sandbox[Symbol.asyncDispose]();
  }
}
