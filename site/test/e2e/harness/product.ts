/** The product as `npm start` leaves it running: the real service over the built site, in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../../../runner/test/web/temporary-folder.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');

/** Settings by environment variable, as in `content/docs/configuration.md`. */
export type Settings = Readonly<Record<string, string>>;

export class Product implements AsyncDisposable {
  readonly address: string;
  readonly pid: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, address: string) {
    this.#child = child;
    this.address = address;
    this.pid = child.pid ?? 0;
  }

  /** Starts it on a free port unless `PORT` is given. Rejects, with what it printed, where it does not come up. */
  static async start(settings: Settings & { DATA_DIR: string }): Promise<Product> {
    if (!existsSync(join(root, 'dist', 'site', 'index.html'))) {
      throw new Error('There is no built site to test. Run npm run build first; npm test does so by itself.');
    }
    const child = spawn(process.execPath, [join(root, 'runner', 'cli', 'boundary.mjs'), 'serve'], {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        HOST: '127.0.0.1',
        PORT: '0',
        LOG_LEVEL: 'warn',
        // Making spares takes processor time from browsers, and these tests wait for none of them.
        WARM_SANDBOXES: '3',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    const address = await new Promise<string>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          said += text;
          const ready = /Boundary is ready at (\S+)/.exec(said)?.[1];
          if (ready) resolve(ready);
        });
      }
      child.once('close', (code) => reject(new Error(`The product did not start (exit code ${code}):\n${said}`)));
    });
    return new Product(child, address);
  }

  get port(): string {
    return new URL(this.address).port;
  }

  /** Ends it without a word, as a crash or the kernel would. */
  async crash(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Ends it as Ctrl+C does, and resolves to its exit code. */
  async stop(): Promise<number | null> {
    await this.#end('SIGTERM');
    return this.#child.exitCode;
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill(signal);
    await once(this.#child, 'close');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

/** A folder for the product's data and, below it, one for its temporary files. Gone when it is disposed. */
export function dataFolder(): Disposable & { settings: { DATA_DIR: string; TMPDIR: string } } {
  const folder = temporaryFolder();
  const settings = { DATA_DIR: join(folder.path, 'data'), TMPDIR: join(folder.path, 'tmp') };
  mkdirSync(settings.TMPDIR);
  return { settings, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}
