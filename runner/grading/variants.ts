import type { ExerciseDefinition, Files } from '../../exercises/format.ts';
import type { Language, Variant } from '../protocol.ts';

/** A variant with the implementation that tests are run against. */
export type VariantToRun = Variant & { files: Files };

/** Every variant of an exercise, in the order to show them: references, core bugs, the other bugs. */
export function variantsOf(exercise: ExerciseDefinition, language: Language): VariantToRun[] {
  const { references, mutants } = exercise.languages[language];
  const core = mutants.filter((mutant) => mutant.core);
  const bonus = mutants.filter((mutant) => !mutant.core);
  return [
    ...references.map(({ id, title, files }) => ({ id, kind: 'reference' as const, title, core: true, files })),
    ...[...core, ...bonus].map(({ id, title, core: isCore, files }) => ({
      id,
      kind: 'mutant' as const,
      title,
      core: isCore,
      files,
    })),
  ];
}
