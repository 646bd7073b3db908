/** What the proofs of exercises found, printed as it comes; counts and failures once more at the end of a long log. */
import type { ExerciseDefinition, Files } from '../../exercises/format.ts';
import type { Grader } from '../grading/contract.ts';
import type { EventBody, Verdict } from '../protocol.ts';

const counts = { passed: 0, failed: 0 };
const failures: string[] = [];

/** One thing that was looked at; it holds where there are no problems. */
export function check({ slug }: ExerciseDefinition, title: string, problems: readonly string[]): void {
  console.log(`  ${problems.length === 0 ? 'ok  ' : 'FAIL'} ${title}`);
  for (const problem of problems) console.log(`       ${problem}`);
  if (problems.length > 0) failures.push(`${slug}: ${title}: ${problems.join('; ')}`);
  counts[problems.length === 0 ? 'passed' : 'failed']++;
}

/** Nothing more could be looked at. */
export function giveUp(error: Error): void {
  console.error(error.message);
  failures.push(error.message);
  counts.failed++;
}

/** Prints the end and says whether all held. */
export function concluded(): boolean {
  console.log('');
  for (const failure of failures) console.log(`FAILED    ${failure}`);
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  return counts.failed === 0;
}

/** `only` is the full name of the one test to run. */
export function grade(
  exercise: ExerciseDefinition,
  files: Files,
  grader: Grader,
  only?: string,
  emit: (event: EventBody) => void = () => undefined,
): Promise<Verdict> {
  const now = Date.now();
  const signal = new AbortController().signal;
  return grader.grade({
    runId: `verify-${exercise.slug}`,
    attempt: 1,
    exercise,
    language: 'typescript',
    files,
    ...(only === undefined ? {} : { only }),
    acceptedAt: now,
    startedAt: now,
    signal,
    emit,
  });
}
