/**
 * Proves an exercise in which tests are written or mended: the solution passes on every reference and kills every bug, and
 * breaks no rule.
 */
import type { ExerciseDefinition, MutantDefinition, ReferenceDefinition } from '../../exercises/format.ts';
import type { Grader } from '../grading/contract.ts';
import type { Verdict } from '../protocol.ts';
import { check, grade } from './verify-report.ts';

/** `thorough` tries each test of the solution alone, and holds the run to {@link budgetMs}. */
export type Proof = { rounds: number; thorough: boolean };

/** What a learner should not have to wait longer for, on a machine that does nothing else; looked at when thorough. */
export const budgetMs = 20_000;

export async function verifyTests(exercise: ExerciseDefinition, grader: Grader, proof: Proof): Promise<void> {
  const { starter, solution, references, mutants } = exercise.languages.typescript;
  const core = mutants.filter((mutant) => mutant.core).length;
  console.log(`\n${exercise.slug}: ${references.length} references, ${mutants.length} bugs (${core} core)`);
  check(
    exercise,
    'every bug differs from its base',
    mutants.filter(isNoBug(references)).map(({ id }) => `mutants/${id} is its base, word for word: plant the bug`),
  );
  const began = await grade(exercise, starter, grader);
  check(exercise, 'the starter does not pass', began.outcome === 'passed' ? ['it passes: leave something to do'] : []);
  if (exercise.kind === 'mend-suite')
    check(exercise, 'the starter’s tests work, and its fault shows', faultless(began));
  else check(exercise, 'the starter runs on every reference', problemsOnReferences(began));
  for (let round = 1; round <= proof.rounds; round++) {
    const verdict = await grade(exercise, solution, grader);
    const survivors = verdict.mutants.filter(({ outcome }) => outcome !== 'killed');
    check(
      exercise,
      `the solution passes and kills every bug, round ${round} of ${proof.rounds} (${verdict.timings.total} ms)`,
      [
        ...problemsOnReferences(verdict),
        ...survivors.map(
          ({ id, outcome, reason }) =>
            `mutants/${id}: ${outcome}${reason ? `, ${reason}` : ''}. Kill it in the solution, or drop it if no test can tell it from a reference.`,
        ),
        ...(proof.thorough && verdict.timings.total > budgetMs
          ? [`it took longer than ${budgetMs / 1000} s: fewer variants, or less work in each test`]
          : []),
      ],
    );
    if (proof.thorough && round === proof.rounds) await verifyAlone(exercise, verdict, grader);
  }
}

/**
 * A suite that is to be mended fails for its fault, and for nothing else: each of its tests passes on some reference, and it
 * fails by a rule, or where it is run in another way.
 */
function faultless({ references, mutants }: Verdict): string[] {
  const passed = new Set(
    references.flatMap(({ tests }) => tests.filter(({ outcome }) => outcome === 'passed').map(({ name }) => name)),
  );
  const dead = [...new Set(references.flatMap(({ tests }) => tests.map(({ name }) => name)))].filter(
    (name) => !passed.has(name),
  );
  const shows = [...references, ...mutants].some(({ outcome }) => outcome === 'rule-broken');
  const differs = references.some(({ outcome }) => outcome === 'passed');
  return [
    ...(passed.size === 0 ? ['none of its tests passes anywhere'] : []),
    ...dead.map((name) => `“${name}” passes on no reference: a suite to be mended works where nothing is asked of it`),
    ...(shows || differs
      ? []
      : ['it breaks no rule, and passes on no reference: its fault is not the one to be mended']),
  ];
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
