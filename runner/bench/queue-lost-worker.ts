/** How long until a job whose worker was lost starts on another: two processes, one of them killed or suspended. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import pg from 'pg';
import { submitRun } from '../runs/submit.ts';
import { migrate } from '../store/migrate.ts';
import { addToBoss, startBoss } from './queue-candidates.ts';

export type Library = 'graphile-worker' | 'pg-boss';

/** How a worker is lost: ended where others can see that it is gone, or silent, as behind a broken network. */
export type Loss = 'SIGKILL' | 'SIGSTOP';

/** ms from the loss to the next start of the job. The database is fresh, and the caller's to drop. */
export async function measureTakeover(library: Library, connection: pg.ClientConfig, loss: Loss): Promise<number> {
  await using add = await producer(library, connection);
  await using first = await Worker.start(library, connection);
  await add.job();
  await first.says('taken');
  await using second = await Worker.start(library, connection);
  const lostAt = performance.now();
  first.child.kill(loss);
  await second.says('taken');
  return performance.now() - lostAt;
}

async function producer(library: Library, connection: pg.ClientConfig) {
  if (library === 'pg-boss') {
    const boss = await startBoss(connection);
    return {
      job: () => addToBoss(boss, { id: crypto.randomUUID(), share: 'a' }, 0),
      [Symbol.asyncDispose]: () => boss.stop({ graceful: false }),
    };
  }
  const pool = new pg.Pool(connection);
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  await migrate(pool);
  const learnerId = crypto.randomUUID();
  const submission = { exercise: 'user-repository', language: 'typescript' as const, files: {} };
  const submitter = { learnerId, share: `learner:${learnerId}` };
  const limits = { queueMax: 10, queueMaxPerLearner: 10 };
  return {
    job: () => submitRun(pool, submission, submitter, limits),
    [Symbol.asyncDispose]: () => pool.end(),
  };
}

class Worker implements AsyncDisposable {
  readonly child: ChildProcess;
  readonly #lines: Interface;
  readonly #said: string[] = [];

  private constructor(child: ChildProcess, lines: Interface) {
    this.child = child;
    this.#lines = lines;
    lines.on('line', (line) => this.#said.push(line));
  }

  static async start(library: Library, connection: pg.ClientConfig): Promise<Worker> {
    const script = join(import.meta.dirname, 'queue-doomed-worker.ts');
    const child = spawn(process.execPath, [script, library, JSON.stringify(connection)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const worker = new Worker(child, createInterface(child.stdout));
    await worker.says('ready');
    return worker;
  }

  async says(word: string): Promise<void> {
    while (!this.#said.includes(word)) await once(this.#lines, 'line');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGKILL');
    await once(this.child, 'close');
  }
}
