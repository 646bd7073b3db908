/**
 * Proves an exercise in which code is written: the solution passes every check, and each wrong submission fails just those
 * that it names, so that a check fails for its own reason and for no other.
 */
import type { ExerciseDefinition, WrongDefinition } from '../../exercises/format.ts';
import type { Grader } from '../grading/contract.ts';
import type { CheckResult, Verdict } from '../protocol.ts';
import { check, grade } from './verify-report.ts';
import { budgetMs, type Proof } from './verify-tests.ts';

export async function verifyCode(exercise: ExerciseDefinition, grader: Grader, proof: Proof): Promise<void> {
  const { starter, solution, checks, wrong } = exercise.languages.typescript;
  const core = checks.filter((one) => one.core).length;
  console.log(`\n${exercise.slug}: ${checks.length} checks (${core} core), ${wrong.length} wrong submissions`);
  check(
    exercise,
    'every check is failed by a wrong submission',
    checks
      .filter(({ id }) => !wrong.some(({ failsOn }) => failsOn.includes(id)))
      .map(({ id }) => `checks/${id}: nothing fails it. Add wrong/<id>/ with the mistake that it is there for.`),
  );
  check(exercise, 'the starter does not pass', startersProblems(await grade(exercise, starter, grader)));
  const failed = new Set<string>();
  for (const one of wrong) {
    // All mistakes on all checks are many variants. Each check once, and each mistake once, are looked at always.
    const fresh = one.failsOn.filter((id) => !failed.has(id));
    const ids = fresh.length > 0 ? fresh : one.failsOn.slice(0, 1);
    for (const id of ids) failed.add(id);
    const [tried, expected] = proof.thorough ? [exercise, one] : [withChecks(exercise, ids), { ...one, failsOn: ids }];
    const title = `“${one.title}” fails on ${expected.failsOn.join(', ')}${proof.thorough ? ', and on no other' : ''}`;
    check(exercise, title, differences(expected, await grade(tried, one.files, grader)));
  }
  if (!proof.thorough) {
    const verdict = await grade(shuffled(exercise, proof.rounds), solution, grader);
    const title = `the solution passes every check, shuffled, ${proof.rounds} times (${verdict.timings.total} ms)`;
    check(exercise, title, notPassed(verdict).map(describe));
    return;
  }
  for (let round = 1; round <= proof.rounds; round++) {
    const verdict = await grade(round === 1 ? exercise : shuffled(exercise, round - 1), solution, grader);
    const order = round === 1 ? '' : ', shuffled';
    const title = `the solution passes every check${order}, round ${round} of ${proof.rounds} (${verdict.timings.total} ms)`;
    check(exercise, title, [
      ...notPassed(verdict).map(describe),
      ...(round === 1 && verdict.timings.total > budgetMs
        ? [`it took longer than ${budgetMs / 1000} s: fewer checks, or less work in each`]
        : []),
    ]);
  }
  await verifyAlone(exercise, grader);
}

/** The hidden tests in other orders, `times` of them one after the other. */
function shuffled(exercise: ExerciseDefinition, times: number): ExerciseDefinition {
  const { typescript } = exercise.languages;
  const conditions = { shuffled: true, atOnce: false, times };
  const checks = typescript.checks.map((one) => ({ ...one, conditions }));
  return { ...exercise, languages: { typescript: { ...typescript, checks } } };
}

function withChecks(exercise: ExerciseDefinition, ids: readonly string[]): ExerciseDefinition {
  const { typescript } = exercise.languages;
  const checks = typescript.checks.filter(({ id }) => ids.includes(id));
  return { ...exercise, languages: { typescript: { ...typescript, checks } } };
}

/** It may fail as a learner's does, and has to run: a starter that ends at a limit teaches nothing about the checks. */
function startersProblems(verdict: Verdict): string[] {
  if (verdict.outcome === 'passed') return ['it passes: leave something to do'];
  return notPassed(verdict)
    .filter(({ outcome }) => outcome !== 'failed')
    .map(describe);
}

function differences({ id, failsOn }: WrongDefinition, verdict: Verdict): string[] {
  const failed = notPassed(verdict);
  const spared = failsOn.filter((name) => !failed.some((result) => result.id === name));
  return [
    ...spared.map((name) => `checks/${name} passes on it. Let the check look closer, or take it out of wrong/${id}.`),
    ...failed
      .filter((result) => !failsOn.includes(result.id) || result.outcome !== 'failed')
      .map(
        (result) => `${describe(result)} Name it in wrong/${id}/wrong.json, or let the check look at its own promise.`,
      ),
  ];
}

/** Each hidden test by itself: one that passes only after another one is order in disguise. */
async function verifyAlone(exercise: ExerciseDefinition, grader: Grader): Promise<void> {
  const { solution } = exercise.languages.typescript;
  const names = new Set<string>();
  await grade(exercise, solution, grader, undefined, (event) => {
    if (event.type === 'test') names.add(event.name);
  });
  const problems: string[] = [];
  for (const only of names) {
    const verdict = await grade(exercise, solution, grader, only);
    const ran = (verdict.checks ?? []).filter(({ outcome }) => outcome !== 'not-run');
    if (ran.length !== 1) problems.push(`“${only}” is the name of tests in ${ran.length} checks: give each its own`);
    problems.push(
      ...ran.filter(({ outcome }) => outcome !== 'passed').map((one) => `“${only}” alone: ${describe(one)}`),
    );
  }
  check(exercise, `each of ${names.size} hidden tests passes without the others`, problems);
}

function notPassed(verdict: Verdict): CheckResult[] {
  return (verdict.checks ?? []).filter(({ outcome }) => outcome !== 'passed');
}

function describe({ id, outcome, failed, reason }: CheckResult): string {
  const tests = failed.map((name) => `“${name}”`).join(', ');
  return `checks/${id}: ${outcome}${tests ? ` in ${tests}` : ''}${reason ? `, ${reason}` : '.'}`;
}
