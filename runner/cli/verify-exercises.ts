/**
 * Proves exercises: the starter does not pass, the solution passes on every reference and kills every bug, twice
 * in a row, since a test that passes by luck would teach luck. With `--thorough`, five times, and each test of the solution
 * alone as well, so that none needs another one before it; and within a run time. Prints a report and, last, the counts.
 */
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type ExerciseDefinition,
  type Files,
  loadExercise,
  loadExercises,
  type MutantDefinition,
  type ReferenceDefinition,
} from '../../exercises/format.ts';
import { parseConfig } from '../config.ts';
import type { Grader } from '../grading/contract.ts';
import { startGrader } from '../grading/grader.ts';
import type { Verdict } from '../protocol.ts';

const root = dirname(dirname(import.meta.dirname));
const folder = join(root, 'exercises');
const { values, positionals: slugs } = parseArgs({
  args: process.argv.slice(2),
  options: { thorough: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const rounds = values.thorough ? 5 : 2;
/** What a learner should not have to wait longer for, on a machine that does nothing else; looked at when thorough. */
const budgetMs = 20_000;
const counts = { passed: 0, failed: 0 };
/** Said once more at the end, where a reader of a long log looks. */
const failures: string[] = [];

try {
  const exercises = await (slugs.length > 0
    ? Promise.all(slugs.map((slug) => loadExercise(folder, slug)))
    : loadExercises(folder));
  await using grader = await startGrader(parseConfig(process.env), join(root, '.cache', 'clusters'));
  if (!grader.readiness.ready) throw new Error(grader.readiness.notices.join('\n'));
  for (const exercise of exercises) await verify(exercise, grader);
} catch (error) {
  console.error((error as Error).message);
  failures.push((error as Error).message);
  counts.failed++;
}
console.log('');
for (const failure of failures) console.log(`FAILED    ${failure}`);
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed > 0 ? 1 : 0;

async function verify(exercise: ExerciseDefinition, grader: Grader): Promise<void> {
  const { starter, solution, references, mutants } = exercise.languages.typescript;
  console.log(
    `\n${exercise.slug}: ${references.length} references, ${mutants.length} bugs (${mutants.filter(({ core }) => core).length} core)`,
  );
  check(
    exercise,
    'every bug differs from its base',
    mutants.filter(isNoBug(references)).map(({ id }) => `mutants/${id} is its base, word for word: plant the bug`),
  );
  const began = await grade(exercise, starter, grader);
  check(exercise, 'the starter does not pass', began.outcome === 'passed' ? ['it passes: leave something to do'] : []);
  check(exercise, 'the starter runs on every reference', problemsOnReferences(began));
  for (let round = 1; round <= rounds; round++) {
    const verdict = await grade(exercise, solution, grader);
    const survivors = verdict.mutants.filter(({ outcome }) => outcome !== 'killed');
    check(
      exercise,
      `the solution passes and kills every bug, round ${round} of ${rounds} (${verdict.timings.total} ms)`,
      [
        ...problemsOnReferences(verdict),
        ...survivors.map(
          ({ id, outcome, reason }) =>
            `mutants/${id}: ${outcome}${reason ? `, ${reason}` : ''}. Kill it in the solution, or drop it if no test can tell it from a reference.`,
        ),
        ...(values.thorough && verdict.timings.total > budgetMs
          ? [`it took longer than ${budgetMs / 1000} s: fewer variants, or less work in each test`]
          : []),
      ],
    );
    if (values.thorough && round === rounds) await verifyAlone(exercise, verdict, grader);
  }
}

/** Each test of the solution by itself, on every reference: one that passes only after another one is order in disguise. */
async function verifyAlone(exercise: ExerciseDefinition, whole: Verdict, grader: Grader): Promise<void> {
  const { typescript } = exercise.languages;
  const withoutBugs = { ...exercise, languages: { typescript: { ...typescript, mutants: [] } } };
  const names = whole.references[0]?.tests.map(({ name }) => name) ?? [];
  const problems: string[] = [];
  for (const only of names) {
    const verdict = await grade(withoutBugs, typescript.solution, grader, only);
    problems.push(...problemsOnReferences(verdict).map((problem) => `“${only}” alone: ${problem}`));
  }
  check(exercise, `each of ${names.length} tests passes without the others`, problems);
}

function isNoBug(references: readonly ReferenceDefinition[]) {
  return ({ base, changed }: MutantDefinition) => {
    const original = references.find(({ id }) => id === base)?.files ?? {};
    return Object.entries(changed).every(([path, text]) => original[path] === text);
  };
}

function problemsOnReferences(verdict: Verdict): string[] {
  return verdict.references
    .filter(({ outcome }) => outcome !== 'passed')
    .flatMap(({ id, outcome, reason, tests }) => [
      `references/${id}: ${outcome}${reason ? `, ${reason}` : ''}`,
      ...tests
        .filter((test) => test.outcome === 'failed')
        .map(({ name, error }) => `  ${name}: ${error?.message ?? ''}`),
    ]);
}

function check({ slug }: ExerciseDefinition, title: string, problems: readonly string[]): void {
  console.log(`  ${problems.length === 0 ? 'ok  ' : 'FAIL'} ${title}`);
  for (const problem of problems) console.log(`       ${problem}`);
  if (problems.length > 0) failures.push(`${slug}: ${title}: ${problems.join('; ')}`);
  counts[problems.length === 0 ? 'passed' : 'failed']++;
}

function grade(exercise: ExerciseDefinition, files: Files, grader: Grader, only?: string): Promise<Verdict> {
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
    emit: () => undefined,
  });
}
