import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { AgentClient } from './agent/client.ts';

const probeOutputBytes = 4096;

/** One command in a running container. */
export class Exec {
  readonly id = randomBytes(32).toString('hex');
  readonly containerId: string;
  readonly argv: readonly string[];
  exitCode: number | null = null;
  running = false;
  readonly #env: Readonly<Record<string, string>>;
  readonly #workingDir: string;

  constructor(argv: readonly string[], env: Readonly<Record<string, string>>, workingDir: string, containerId: string) {
    this.argv = argv;
    this.#env = env;
    this.#workingDir = workingDir;
    this.containerId = containerId;
  }

  /** Starts it. The stream carries its output in Docker's multiplexed framing; `ended` settles once the exit code is known. */
  async start(agent: AgentClient): Promise<{ stream: Readable; ended: Promise<void> }> {
    this.running = true;
    const { stream, exitCode } = await agent.exec([...this.argv], { ...this.#env }, this.#workingDir);
    const ended = exitCode.then((code) => {
      this.exitCode = code;
      this.running = false;
    });
    return { stream, ended };
  }

  /** Runs it to its end. `output` is the beginning of what it wrote, framing included. */
  async run(agent: AgentClient): Promise<{ exitCode: number; output: string }> {
    const { stream, exitCode } = await agent.exec([...this.argv], { ...this.#env }, this.#workingDir);
    let output = '';
    stream.on('data', (chunk: Buffer) => {
      if (output.length < probeOutputBytes) output += chunk.toString('utf8');
    });
    return { exitCode: await exitCode, output: output.slice(0, probeOutputBytes) };
  }
}
