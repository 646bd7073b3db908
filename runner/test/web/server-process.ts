/** Starts `serve.ts` and can end it the hard way. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export class ServerProcess implements AsyncDisposable {
  readonly address: string;
  readonly child: ChildProcess;

  private constructor(child: ChildProcess, address: string) {
    this.child = child;
    this.address = address;
  }

  static async start(env: Record<string, string>): Promise<ServerProcess> {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'serve.ts')], {
      env: { PATH: process.env.PATH, PORT: '0', LOG_LEVEL: 'silent', WORKERS: '2', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint += text;
    });
    const address = await new Promise<string>((resolve, reject) => {
      child.stdout.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()));
      child.once('close', (code) => reject(new Error(`The server ended (${code}): ${complaint}`)));
    });
    return new ServerProcess(child, address);
  }

  /** Ends it as the kernel would, without a word, or as an operator would, with one. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill(signal);
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
