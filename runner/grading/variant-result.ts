import type { Outcome, TestError } from '../protocol.ts';
import type { Failure } from '../toolchains/index.ts';

export type TestResult = {
  name: string;
  outcome: 'passed' | 'failed' | 'skipped';
  ms: number;
  error?: TestError;
  /** It failed by running out of time, which shows nothing about a bug. */
  timedOut: boolean;
};

/** What became of one variant, as far as the host could make out. */
export type VariantResult = {
  outcome: Outcome;
  /** One sentence, where the tests alone do not say it. */
  reason?: string;
  tests: TestResult[];
  /** Failures outside of tests: in a hook of the file, on loading it, or unhandled. */
  faults: (Failure & { where: string })[];
  bootMs: number;
  databaseMs: number;
  totalMs: number;
};

/** What was seen of a variant's run, before it is judged. */
export type Observation = {
  tests: ReadonlyMap<string, TestResult>;
  /** Names from the plan; undefined if the files never loaded. */
  planned: readonly string[] | undefined;
  faults: readonly (Failure & { where: string })[];
  /** The host said that it came to the end. */
  done: boolean;
  /** Why the runner ended it, if it did. */
  ended?: { outcome: Outcome; reason: string };
  /** The limit that the kernel enforced, if any. */
  limit: 'memory' | 'processes' | undefined;
  /** The test that had begun last. */
  running: string | undefined;
};

/** Judges what was seen. A limit or a broken-off run outranks what tests said before it. */
export function judge(seen: Observation): { outcome: Outcome; reason?: string } {
  if (seen.ended) return seen.ended;
  const during = seen.running === undefined ? '' : ` It was in the test “${seen.running}”.`;
  if (seen.limit === 'memory') {
    return { outcome: 'memory-limit', reason: `The process used more memory than a run may have.${during}` };
  }
  if (!seen.done) {
    if (seen.limit === 'processes') {
      return { outcome: 'process-limit', reason: `More processes were started than a run may have.${during}` };
    }
    return {
      outcome: 'failed',
      reason: `The process ended before the tests had finished. Does something call process.exit or kill it?${during}`,
    };
  }
  const [fault] = seen.faults;
  if (fault && seen.planned === undefined) {
    return { outcome: 'failed', reason: `${fault.where} could not be loaded: ${firstLine(fault.message)}` };
  }
  if (fault)
    return { outcome: 'failed', reason: `Failed outside of a test, in ${fault.where}: ${firstLine(fault.message)}` };
  const results = [...seen.tests.values()];
  if (results.every(({ outcome }) => outcome === 'skipped')) {
    return {
      outcome: 'failed',
      reason:
        results.length === 0
          ? 'No test was run: the files hold none. Write one with test(…) or it(…) in a file that ends in .test.ts.'
          : 'No test was run: all of them are skipped.',
    };
  }
  const missing = (seen.planned ?? []).filter((name) => !seen.tests.has(name));
  if (missing.length > 0) {
    return { outcome: 'failed', reason: `Tests were planned that never reported: ${missing.slice(0, 3).join(', ')}.` };
  }
  return { outcome: results.some(({ outcome }) => outcome === 'failed') ? 'failed' : 'passed' };
}

export function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
