import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** One test of an upstream suite, as its own runner told of it. */
export type UpstreamCase = { file: string; name: string; outcome: 'passed' | 'failed' | 'skipped'; why?: string };

/** What a suite is run with. */
export type UpstreamRun = {
  /** Root of the checkout. */
  checkout: string;
  /** Files or folders of it, as the command line names them; none for the suite's own choice. */
  files: readonly string[];
  /** An empty folder of this run's, for what its runner writes. */
  folder: string;
  /** The environment, with the way to the gateway in it. */
  env: Readonly<Record<string, string | undefined>>;
};

/** A client's own tests, and how they are run as they are. */
export type UpstreamSuite = {
  client: string;
  /** Whether a folder is a checkout of it. */
  isAt: (checkout: string) => boolean;
  /** Throws with what to do where what it needs is not there. */
  run: (run: UpstreamRun) => Promise<UpstreamCase[]>;
};

/** Runs a program, shows what it says on the way, and resolves with its exit code and what it said on its standard output. */
export async function watched(
  [program = '', ...args]: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    process.stdout.write(chunk);
    output += chunk.toString('utf8');
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}
