/** The whole service in a process of its own, as `npm start` runs it, and a learner who submits to it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { WebSocket } from 'ws';
import { loadExercise } from '../../exercises/format.ts';
import type { Accepted, RunEvent } from '../protocol.ts';

const root = dirname(dirname(import.meta.dirname));
const { languages } = await loadExercise(join(root, 'exercises'), 'user-repository');
const submission = JSON.stringify({
  exercise: 'user-repository',
  language: 'typescript',
  files: languages.typescript.solution,
});

export class RunningService implements AsyncDisposable {
  readonly address: string;
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(address: string, child: ChildProcess, folder: string) {
    this.address = address;
    this.#child = child;
    this.#folder = folder;
  }

  static async start(): Promise<RunningService> {
    const folder = await mkdtemp(join(tmpdir(), 'boundary-bench-'));
    const child = spawn(process.execPath, [join(root, 'runner', 'cli', 'boundary.mjs'), 'serve'], {
      cwd: root,
      env: {
        ...process.env,
        PORT: '0',
        DATA_DIR: folder,
        LOG_LEVEL: 'silent',
        // All learners of a bench have one address.
        QUEUE_MAX_PER_LEARNER: '100',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    for await (const chunk of child.stdout) {
      text += chunk;
      const address = /ready at (http\S+)/.exec(text)?.[1];
      if (address === undefined) continue;
      child.stdout.resume();
      return new RunningService(address, child, folder);
    }
    throw new Error(`The service did not start: ${text}`);
  }

  /** Submits the solution; times in ms since the submission was sent. */
  async submit(): Promise<{ accepted: number; firstTest: number; verdict: number }> {
    const began = performance.now();
    const response = await fetch(`${this.address}/api/runs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: submission,
    });
    if (response.status !== 202)
      throw new Error(`The submission was answered ${response.status}: ${await response.text()}`);
    const { id, key } = (await response.json()) as Accepted;
    const accepted = performance.now() - began;
    const headers = { authorization: `Bearer ${key}` };
    const socket = new WebSocket(`${this.address.replace(/^http/, 'ws')}/api/runs/${id}/events`, { headers });
    let firstTest: number | undefined;
    let verdict: number | undefined;
    let outcome = 'nothing';
    socket.on('message', (data) => {
      const event = JSON.parse(String(data)) as RunEvent;
      if (event.type === 'test') firstTest ??= performance.now() - began;
      if (event.type === 'verdict') verdict = performance.now() - began;
      if (event.type === 'finished') outcome = event.outcome;
    });
    await once(socket, 'close');
    if (outcome !== 'passed' || firstTest === undefined || verdict === undefined)
      throw new Error(`A run of the solution ended as ${outcome}.`);
    return { accepted, firstTest, verdict };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGTERM');
    if (this.#child.exitCode === null) await once(this.#child, 'close');
    await rm(this.#folder, { recursive: true });
  }
}
