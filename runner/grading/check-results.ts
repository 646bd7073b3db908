/** What hidden tests say of a learner's code, and what follows from it. */
import type { CheckResult, Outcome } from '../protocol.ts';
import { summary, type VariantResult } from './variant-result.ts';
import type { VariantToRun } from './variants.ts';

export function checkResult({ id, title, core }: VariantToRun, result: VariantResult | undefined): CheckResult {
  const about = { id, title, core };
  if (!result) {
    return { ...about, outcome: 'not-run', failed: [], reason: 'Not run, because a limit was hit before its turn.' };
  }
  if (isNotAskedFor(result)) return { ...about, outcome: 'not-run', failed: [] };
  const failed = result.tests.filter(({ outcome }) => outcome === 'failed');
  const reason = result.reason ?? reasonOf(failed[0]);
  return {
    ...about,
    outcome: result.outcome,
    failed: failed.map(({ name }) => name),
    ...(reason === undefined || result.outcome === 'passed' ? {} : { reason }),
  };
}

/** Only one test was to run, and it belongs to another check. */
function isNotAskedFor({ tests, outcome }: VariantResult): boolean {
  return outcome === 'cancelled' && tests.length > 0 && tests.every((test) => test.outcome === 'skipped');
}

function reasonOf(failed: VariantResult['tests'][number] | undefined): string | undefined {
  return failed && `“${failed.name}” says “${summary(failed.error?.message ?? '')}”.`;
}

/** A pass needs every core check to pass. */
export function concludeChecks(checks: readonly CheckResult[], partial: boolean): { outcome: Outcome; reason: string } {
  const passed = (some: readonly CheckResult[]) => some.filter(({ outcome }) => outcome === 'passed').length;
  if (partial) {
    const asked = checks.filter(({ outcome }) => outcome !== 'not-run');
    const said =
      asked.length === 0 ? 'no check has that test' : passed(asked) === asked.length ? 'it passed' : 'it failed';
    return {
      outcome: 'failed',
      reason: `Only one test was run, which proves nothing yet: ${said}. Run all to finish.`,
    };
  }
  const core = checks.filter((check) => check.core);
  const bonus = checks.filter((check) => !check.core);
  const extra = bonus.length > 0 ? ` and ${passed(bonus)} of ${bonus.length} bonus checks` : '';
  const counts = `${passed(core)} of ${core.length} core checks${extra} passed`;
  const broken = core.filter(({ outcome }) => outcome !== 'passed');
  // A test that failed says more than a limit that was hit elsewhere, and either more than what was never run.
  const [telling] = (['failed', undefined, 'not-run'] as const).flatMap((wanted) =>
    broken.filter(({ outcome }) => (wanted === undefined ? outcome !== 'not-run' : outcome === wanted)),
  );
  if (!telling) return { outcome: 'passed', reason: `${counts}.` };
  const others = broken.length > 1 ? `; ${broken.length - 1} more did not pass` : '';
  return {
    outcome: telling.outcome === 'not-run' ? 'timed-out' : telling.outcome,
    reason: `${counts}. “${telling.title}” did not${others}. ${telling.reason ?? ''}`.trim(),
  };
}
