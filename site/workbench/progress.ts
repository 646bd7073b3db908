/** A run in one sentence: for the status line, and for the live region, which must not chatter. */
import type { CheckResult, Verdict } from '../../runner/protocol.ts';
import type { RunState } from './run-state.ts';
import { counted, milliseconds } from './words.ts';

// Stopped in order or lost: for the person at the workbench it is the same.
const STOPPED = 'the runner stopped in the middle of it';

/** `only` is the full name of the one test that runs, where it is not all. */
export function progressOf(run: RunState, only: string | null = null): string {
  switch (run.phase) {
    case 'waiting':
      return 'Sent; waiting for the runner';
    case 'queued': {
      const { position = 0, estimateMs = null } = run.queue ?? {};
      const again = run.attempt > 0 ? ` (${STOPPED}; it will be done again)` : '';
      if (position === 0) return `Next in the queue${again}`;
      const wait = estimateMs === null ? '' : `, about ${milliseconds(estimateMs)}`;
      return `In the queue: ${counted(position, 'run')} before yours${wait}${again}`;
    }
    case 'running': {
      const done = run.variants.filter(({ state }) => state === 'finished').length;
      const again = run.attempt > 1 ? ` (${STOPPED}; running again)` : '';
      return `Running${only === null ? '' : ' one test'}: ${done} of ${counted(run.variants.length, 'variant')} done${again}`;
    }
    case 'finished':
      return headlineOf(run);
  }
}

/** What a finished run came to, in a few words. */
export function headlineOf(run: RunState): string {
  switch (run.outcome) {
    case 'passed':
      return run.verdict?.checks ? 'Passed: every core check passed' : 'Passed: every core bug was caught';
    case 'failed':
      return failure(run);
    case 'cancelled':
      return 'Cancelled';
    case 'timed-out':
      return 'Stopped: the time limit was reached';
    case 'memory-limit':
      return 'Stopped: the memory limit was reached';
    case 'process-limit':
      return 'Stopped: the process limit was reached';
    case 'disk-limit':
      return 'Stopped: the disk limit was reached';
    case 'output-limit':
      return 'Stopped: the output limit was reached';
    case 'rejected':
      return 'The runner did not accept this submission';
    default:
      return `The runner failed, not your ${isCode(run) ? 'code' : 'tests'}`;
  }
}

function failure(run: RunState): string {
  const { verdict } = run;
  if (!verdict) return 'Not passed';
  if (verdict.checks) return checksFailure(verdict.checks, verdict.partial);
  if (verdict.partial) return partly(verdict, run.tests.length);
  const failing = verdict.references.filter(({ outcome }) => outcome !== 'passed').length;
  if (failing > 0 && run.tests.length === 0) return 'Not passed: no test of yours could run';
  const unruly = (all: readonly { outcome: string }[]) => all.filter(({ outcome }) => outcome === 'rule-broken').length;
  if (failing > 0 && failing === unruly(verdict.references)) return 'Not passed: your suite breaks a rule';
  if (failing > 0) return `Not passed: your tests fail on ${counted(failing, 'correct implementation')}`;
  const leaving = unruly(verdict.mutants.filter(({ core }) => core));
  if (leaving > 0) return `Not passed: your suite breaks a rule while it fails on ${counted(leaving, 'core bug')}`;
  const left = verdict.mutants.filter(({ core, outcome }) => core && outcome !== 'killed').length;
  return left > 0 ? `Not passed: ${counted(left, 'core bug')} got past your tests` : 'Not passed';
}

function checksFailure(checks: readonly CheckResult[], partial: boolean): string {
  const ran = checks.filter(({ outcome }) => outcome !== 'not-run');
  const broken = ran.filter(({ outcome }) => outcome !== 'passed');
  if (partial) {
    if (ran.length === 0) return 'One hidden test was asked for, and none ran';
    return `One hidden test ran: your code ${broken.length === 0 ? 'passes' : 'fails'} it`;
  }
  const core = broken.filter((check) => check.core);
  return core.length > 0 ? `Not passed: your code fails ${counted(core.length, 'core check')}` : 'Not passed';
}

/** Whether it is code that runs, and hidden tests that check it. */
function isCode({ variants }: RunState): boolean {
  return variants.some(({ kind }) => kind === 'check');
}

/** What one test showed by itself. It is no pass and no failure of the exercise. */
function partly({ references, mutants }: Verdict, tests: number): string {
  if (tests === 0) return 'One test was asked for, and none ran';
  const failing = references.filter(({ outcome }) => outcome !== 'passed').length;
  if (failing > 0) return `One test ran: it fails on ${counted(failing, 'correct implementation')}`;
  const caught = mutants.filter(({ outcome }) => outcome === 'killed').length;
  return `One test ran: it catches ${caught} of ${counted(mutants.length, 'bug')}`;
}

/** Changes a few times in a run only: queued, started, correct implementations done, finished. */
export function announcementOf(run: RunState, only: string | null = null): string {
  if (run.phase === 'finished') {
    const { checks } = run.verdict ?? {};
    if (checks) {
      const passed = checks.filter(({ outcome }) => outcome === 'passed').length;
      return `${headlineOf(run)}. ${passed} of ${counted(checks.length, 'check')} passed. ${run.verdict?.reason}`;
    }
    const caught = run.verdict?.mutants.filter(({ outcome }) => outcome === 'killed').length;
    const bugs =
      caught === undefined ? '' : ` ${caught} of ${counted(run.verdict?.mutants.length ?? 0, 'bug')} caught.`;
    return `${headlineOf(run)}.${bugs} ${run.verdict?.reason ?? run.reason ?? ''}`.trim();
  }
  const stopped = 'The runner stopped in the middle of your run.';
  if (run.phase === 'queued') {
    return run.attempt > 0 ? `${stopped} It is in the queue again.` : 'Your run is in the queue.';
  }
  if (run.phase !== 'running') return '';
  if (isCode(run)) return run.attempt > 1 ? `${stopped} Your code is checked again.` : 'Your code is being checked.';
  const references = run.variants.filter(({ kind }) => kind === 'reference');
  if (references.length === 0 || references.some(({ state }) => state !== 'finished')) {
    const what = only === null ? 'Your tests are' : `Your test “${only}” is`;
    return run.attempt > 1 ? `${stopped} ${what} running again.` : `${what} running.`;
  }
  const passed = references.filter(({ outcome }) => outcome === 'passed').length;
  return `Your tests pass on ${passed} of ${counted(references.length, 'correct implementation')}. Looking for bugs.`;
}
