/**
 * A grader that does what the submission tells it to, for tests of everything around grading. The first line of the
 * submitted file is its script:
 *
 * - `// pass`: the events of one reference, then a verdict.
 * - `// output N`: N output events on top.
 * - `// text JSON`: one output event with that text.
 * - `// hang`: nothing more until it is aborted.
 * - `// throw`: a fault of the runner.
 * - `// die`: its process ends, as by the kernel's hand, once whoever submitted it has had the answer.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { GradeJob, Grader } from '../../grading/contract.ts';
import type { EventBody, Outcome, Readiness, Verdict } from '../../protocol.ts';

const limits = { variantWallMs: 1, runWallMs: 1, memoryBytes: 1, processes: 1, outputBytes: 1 };
const engine = { backend: 'sandbox', containment: 'rlimits', postgres: ['18.4'], node: '26', vitest: '5' } as const;

export class ScriptedGrader implements Grader {
  readiness: Readiness = { ready: true, containment: 'rlimits', notices: [] };
  /** Jobs in the order in which they came, where they are kept. */
  readonly jobs: GradeJob[] = [];
  readonly #keepsJobs: boolean;

  /** @param keepsJobs false for a server whose memory is looked at */
  constructor(keepsJobs = true) {
    this.#keepsJobs = keepsJobs;
  }

  async grade(job: GradeJob): Promise<Verdict> {
    if (this.#keepsJobs) this.jobs.push(job);
    const [script = ''] = Object.values(job.files)[0]?.split('\n') ?? [];
    const [, word, rest = ''] = /^\/\/ (\w+) ?(.*)$/.exec(script) ?? [];
    for (const event of opening(job.attempt)) job.emit(event);
    if (word === 'die') await wait(1_000).then(() => process.kill(process.pid, 'SIGKILL'));
    if (word === 'throw') throw new Error('a secret of the machine room');
    if (word === 'wait') await wait(Number(rest), undefined, { signal: job.signal }).catch(() => {});
    if (word === 'hang') await aborted(job.signal);
    if (word === 'text') job.emit(output(JSON.parse(rest)));
    if (word === 'output') for (let n = 1; n <= Number(rest); n++) job.emit(output(`line ${n}\n`));
    if (job.signal.aborted) return verdict('cancelled', job);
    job.emit({ type: 'test', variant: 'r1', name: 'saves > a user', outcome: 'passed', ms: 3 });
    job.emit({ type: 'variant-finished', variant: 'r1', outcome: 'passed', ms: 5 });
    return verdict('passed', job);
  }

  spares(): Readonly<Record<string, number>> {
    return { sandbox: 0 };
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

function opening(attempt: number): EventBody[] {
  const variants = [{ id: 'r1', kind: 'reference' as const, title: 'The first', core: true }];
  return [
    { type: 'started', attempt, engine: { ...engine, postgres: [...engine.postgres] }, limits, variants },
    { type: 'variant-started', variant: 'r1' },
  ];
}

function output(text: string): EventBody {
  return { type: 'output', variant: 'r1', stream: 'stdout', text };
}

function verdict(outcome: Outcome, { acceptedAt, startedAt }: GradeJob): Verdict {
  const now = Date.now();
  const timings = { queue: startedAt - acceptedAt, boot: 0, database: 0, tests: 3, total: now - acceptedAt };
  return { outcome, reason: `It ${outcome}.`, partial: false, references: [], mutants: [], timings };
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
