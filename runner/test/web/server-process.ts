/** Starts `serve.ts` and can end it the hard way. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export class ServerProcess implements AsyncDisposable {
  readonly address: string;
  readonly child: ChildProcess;

  /** All that it wrote to standard output: its address, and its log. */
  readonly said: () => string;

  readonly #within: boolean;

  private constructor(child: ChildProcess, address: string, said: () => string, within: boolean) {
    this.child = child;
    this.#within = within;
    this.said = said;
    this.address = address;
  }

  /** @param within a command that the server's is put behind, such as a sandbox */
  static async start(env: Record<string, string>, within: readonly string[] = []): Promise<ServerProcess> {
    const [command = '', ...args] = [...within, process.execPath, join(import.meta.dirname, 'serve.ts')];
    const child = spawn(command, args, {
      env: { PATH: process.env.PATH, PORT: '0', LOG_LEVEL: 'silent', WORKERS: '2', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint += text;
    });
    let said = '';
    const address = await new Promise<string>((resolve, reject) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const found = /^http:\S+$/m.exec(said)?.[0];
        if (found !== undefined) resolve(found);
      });
      child.once('close', (code) => reject(new Error(`The server ended (${code}): ${complaint}`)));
    });
    return new ServerProcess(child, address, () => said, within.length > 0);
  }

  /** The process of the server itself, where it was started within something else. */
  inner(): number {
    const children = (pid: number) => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    for (let pid = this.child.pid ?? 0; ; ) {
      if (
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('serve.ts\0') &&
        readFileSync(`/proc/${pid}/comm`, 'utf8').trim() !== 'bwrap'
      )
        return pid;
      const [child = ''] = children(pid);
      if (child === '') throw new Error('The server has no process of its own.');
      pid = Number(child);
    }
  }

  /** Ends it as the kernel would, without a word, or as an operator would, with one. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      // What stands around the server is told nothing: it ends with it, and would take it along unasked.
      if (this.#within) process.kill(this.inner(), signal);
      else this.child.kill(signal);
      await once(this.child, 'close');
    }
    return this.child.exitCode;
  }

  /** Ends it with a word where it still lives, so that it takes its database with it. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.child.kill('SIGCONT');
    await this.end('SIGTERM');
  }
}
