import type { MutantResult, Outcome, ReferenceResult, Timings, Verdict } from '../protocol.ts';
import { checkResult, concludeChecks } from './check-results.ts';
import { summary, type VariantResult } from './variant-result.ts';
import type { VariantToRun } from './variants.ts';

export type VerdictInput = {
  variants: readonly VariantToRun[];
  /** By variant id; a variant that was not run has none. */
  results: ReadonlyMap<string, VariantResult>;
  partial: boolean;
  /** The learner cancelled, or the runner is shutting down. */
  cancelled: boolean;
  /** The time of the whole run was over before every variant had ended. */
  outOfTime: boolean;
  timings: Timings;
};

/** Computes the verdict. A pass needs every reference and every core check to pass, and every core bug to be killed. */
export function computeVerdict({ variants, results, partial, cancelled, outOfTime, timings }: VerdictInput): Verdict {
  const references = variants
    .filter(({ kind }) => kind === 'reference')
    .map(({ id }) => referenceResult(id, results.get(id)));
  const mutants = variants
    .filter(({ kind }) => kind === 'mutant')
    .map((variant) => mutantResult(variant, results.get(variant.id)));
  const checks = variants
    .filter(({ kind }) => kind === 'check')
    .map((variant) => checkResult(variant, results.get(variant.id)));
  const conclusion =
    checks.length > 0
      ? concludeChecks(checks, partial)
      : conclude(references, mutants, variants, { partial, outOfTime });
  return {
    ...(cancelled ? cancellation : conclusion),
    partial,
    references,
    mutants,
    ...(checks.length > 0 ? { checks } : {}),
    timings,
  };
}

function referenceResult(id: string, result: VariantResult | undefined): ReferenceResult {
  if (!result)
    return { id, outcome: 'cancelled', tests: [], reason: 'Not run, because a limit was hit before its turn.' };
  const { outcome, reason, error } = result;
  const tests = result.tests.map(({ timedOut: _, ...test }) => test);
  return { id, outcome, tests, ...(reason === undefined ? {} : { reason }), ...(error === undefined ? {} : { error }) };
}

function mutantResult({ id, title, core }: VariantToRun, result: VariantResult | undefined): MutantResult {
  const about = { id, title, core };
  if (!result) return { ...about, outcome: 'not-run', killedBy: [] };
  const reason = result.reason === undefined ? {} : { reason: result.reason };
  if (result.outcome === 'passed') return { ...about, outcome: 'survived', killedBy: [] };
  if (result.outcome !== 'failed') {
    const outcome = result.outcome === 'rejected' ? 'runner-error' : result.outcome;
    return { ...about, outcome, killedBy: [], ...reason };
  }
  const failed = result.tests.filter((test) => test.outcome === 'failed');
  const killers = failed.filter((test) => !test.timedOut).map((test) => test.name);
  // A hook or a file that fails kills as a test does, when it fails for a reason other than time.
  const faults = result.faults.filter((fault) => !fault.timeout && fault.where !== 'outside of any test');
  const killedBy = [...killers, ...faults.map((fault) => fault.where)];
  if (killedBy.length > 0) return { ...about, outcome: 'killed', killedBy: [...new Set(killedBy)] };
  if (failed.length > 0 || result.faults.some((fault) => fault.timeout)) {
    return {
      ...about,
      outcome: 'timed-out',
      killedBy: [],
      reason: 'Tests ran out of time on it. Waiting shows no bug: assert what should be there instead.',
    };
  }
  return { ...about, outcome: 'survived', killedBy: [], ...reason };
}

const cancellation = { outcome: 'cancelled' as const, reason: 'The run was cancelled before it had finished.' };

function conclude(
  references: readonly ReferenceResult[],
  mutants: readonly MutantResult[],
  variants: readonly VariantToRun[],
  { partial, outOfTime }: Pick<VerdictInput, 'partial' | 'outOfTime'>,
): { outcome: Outcome; reason: string } {
  // One that was called off says nothing; the one that it was called off for does.
  const broken = references.filter(({ outcome }) => outcome !== 'passed');
  const [telling] = [...broken.filter(({ outcome }) => outcome !== 'cancelled'), ...broken];
  if (telling) {
    const outcome = telling.outcome === 'rule-broken' ? 'failed' : telling.outcome;
    return { outcome, reason: referenceReason(telling, variants) };
  }
  const core = mutants.filter((mutant) => mutant.core);
  const alive = core.filter(({ outcome }) => outcome !== 'killed');
  const bonus = mutants.filter((mutant) => !mutant.core);
  const extra = bonus.filter(({ outcome }) => outcome === 'killed').length;
  const caught = `${core.length - alive.length} of ${core.length} core bugs and ${extra} of ${bonus.length} bonus bugs were caught`;
  if (partial) {
    return {
      outcome: 'failed',
      reason: `Only some tests were run, which proves nothing yet: ${caught}. Run all to finish.`,
    };
  }
  if (alive.length === 0) return { outcome: 'passed', reason: `Every correct implementation passed; ${caught}.` };
  // What is said of a rule is worth more than which of the others comes first.
  const unruly = alive.find(({ outcome }) => outcome === 'rule-broken');
  if (unruly) {
    return {
      outcome: 'failed',
      reason: `Every correct implementation passed, but a rule is broken where tests fail (“${unruly.title}”): ${firstRule(unruly.reason)}`,
    };
  }
  const survivors = alive.filter(({ outcome }) => outcome === 'survived');
  if (outOfTime && survivors.length === 0) {
    return {
      outcome: 'timed-out',
      reason: `Every correct implementation passed, and ${caught} before the time of the whole run was over. The other bugs were not tried to the end, so nothing is said of them. Let the tests wait less, or run again when the machine is less busy.`,
    };
  }
  return {
    outcome: 'failed',
    reason: `Every correct implementation passed, but ${caught}. Not caught yet: “${(survivors[0] ?? alive[0])?.title}”${alive.length > 1 ? ` and ${alive.length - 1} more` : ''}.${outOfTime ? ' The time of the whole run was over before all had been tried.' : ''}`,
  };
}

/** What is said of the first rule that was broken, and how many more were; all of it stands beside the variant. */
function firstRule(reason = ''): string {
  const [first, ...others] = reason.split('\n');
  if (others.length === 0) return reason;
  return `${first} ${others.length === 1 ? 'One more rule is' : `${others.length} more rules are`} broken.`;
}

function referenceReason(reference: ReferenceResult, variants: readonly VariantToRun[]): string {
  if (reference.outcome === 'rule-broken') return `A rule is broken: ${firstRule(reference.reason)}`;
  if (reference.reason !== undefined) return reference.reason;
  const title = variants.find(({ id }) => id === reference.id)?.title ?? reference.id;
  const failed = reference.tests.find(({ outcome }) => outcome === 'failed');
  const because = failed ? `: “${failed.name}” says “${summary(failed.error?.message ?? '')}”` : '';
  return `Your tests fail on a correct implementation (${title})${because}. Bugs are planted only once every correct one passes.`;
}
