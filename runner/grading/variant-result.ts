import { constants } from 'node:os';
import type { Outcome, TestError, Variant } from '../protocol.ts';
import type { SandboxExit } from '../sandbox/index.ts';
import type { Failure } from '../toolchains/index.ts';
import type { TraceRecord } from '../trace/index.ts';
import type { Broken } from './rules.ts';

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
  /** What failed outside of the tests. */
  error?: TestError;
  /** Which rules the suite broke. */
  rules?: Broken['rules'];
  tests: TestResult[];
  /** Failures outside of tests: in a hook of the file, on loading it, or unhandled. */
  faults: (Failure & { where: string })[];
  /** What the runner saw from outside. */
  record: TraceRecord & { containersCreated: number; containersLeft: number };
  bootMs: number;
  databaseMs: number;
  testsMs: number;
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
  /** How the sandbox ended by itself, if it did. */
  exit: SandboxExit | undefined;
  /** The test that had begun last. */
  running: string | undefined;
  /** One test was asked for, which may belong to another variant. */
  elsewhere?: boolean;
  /** Which rules the suite broke. */
  broken?: Broken | undefined;
};

/** What a shell makes of a process that used up its processor time, and of one whose file grew too large. */
const processorTimeExit = 128 + constants.signals.SIGXCPU;
const fileSizeExit = 128 + constants.signals.SIGXFSZ;

export type Judgement = Pick<VariantResult, 'outcome' | 'reason' | 'error' | 'rules'>;

/**
 * Judges what was seen. A limit or a broken-off run outranks what tests said before it. A broken rule outranks tests that
 * fail where failing is right: on a bug.
 */
export function judge(seen: Observation, kind: Variant['kind']): Judgement {
  if (seen.ended) return seen.ended;
  const during = seen.running === undefined ? '' : ` It was in the test “${seen.running}”.`;
  if (seen.exit?.limit === 'memory') {
    return { outcome: 'memory-limit', reason: `The process used more memory than a run may have.${during}` };
  }
  if (!seen.done) return brokenOff(seen.exit, during);
  const judged = faultOf(seen, kind) ?? testsOf(seen);
  if (seen.broken === undefined || (judged.outcome === 'failed' && kind !== 'mutant')) return judged;
  return { ...judged, outcome: 'rule-broken', reason: seen.broken.words, rules: seen.broken.rules };
}

function brokenOff(exit: SandboxExit | undefined, during: string): Judgement {
  if (exit?.limit === 'processes') {
    return { outcome: 'process-limit', reason: `More processes were started than a run may have.${during}` };
  }
  if (exit?.code === processorTimeExit) {
    return { outcome: 'timed-out', reason: `The process used up the processor time that a run may have.${during}` };
  }
  if (exit?.code === fileSizeExit) {
    return { outcome: 'disk-limit', reason: `A file was made larger than a file may be here.${during}` };
  }
  // No signal of a learner's reaches the process that holds the sandbox: that was somebody else's, or the kernel's.
  if (exit?.signal) {
    const reason = `The sandbox was ended from outside (${exit.signal}), and your tests are not to blame. Run them again, and tell whoever runs this site if it happens again.${during}`;
    return { outcome: 'runner-error', reason };
  }
  const reason = `The process ended before the tests had finished. Does something call process.exit or kill it?${during}`;
  return { outcome: 'failed', reason };
}

function faultOf({ faults, planned }: Observation, kind: Variant['kind']): Judgement | undefined {
  const [fault] = faults;
  if (!fault) return undefined;
  const { where, timeout: _, ...error } = fault;
  const said = summary(fault.message);
  if (where === 'outside of any test') {
    return { outcome: 'failed', reason: `An error was thrown outside of any test: ${said}`, error };
  }
  if (!planned?.length) {
    // A hidden test does load; the learner's code, which it imports, did not, and may not know that file's name.
    const what = kind === 'check' ? 'Your code' : where;
    return { outcome: 'failed', reason: `${what} could not be loaded: ${said}`, error };
  }
  return { outcome: 'failed', reason: `A hook or the body of ${where} failed: ${said}`, error };
}

function testsOf({ tests, planned, elsewhere }: Observation): Judgement {
  const results = [...tests.values()];
  if (results.length === 0) {
    const reason =
      'No test was run: the files hold none. Write one with test(…) or it(…) in a file that ends in .test.ts.';
    return { outcome: 'failed', reason };
  }
  if (results.every(({ outcome }) => outcome === 'skipped')) {
    if (elsewhere) return { outcome: 'cancelled', reason: 'The test that was asked for belongs to another check.' };
    return { outcome: 'failed', reason: 'No test was run: all of them are skipped.' };
  }
  const missing = (planned ?? []).filter((name) => !tests.has(name));
  if (missing.length > 0) {
    return { outcome: 'failed', reason: `Tests were planned that never reported: ${missing.slice(0, 3).join(', ')}.` };
  }
  return { outcome: results.some(({ outcome }) => outcome === 'failed') ? 'failed' : 'passed' };
}

/** The line of a message that says most. A compiler's says only how many errors there are in its first one. */
export function summary(message: string): string {
  const lines = message.split('\n').filter((line) => line.trim() !== '' && !/^Transform failed with/.test(line));
  return (lines[0] ?? 'nothing')
    .trim()
    .replace(/^\[\w+\] /, '')
    .replace(/\.$/, '');
}
