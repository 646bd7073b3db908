import type { Conditions, ExerciseDefinition, Files } from '../../exercises/format.ts';
import type { Language, Variant } from '../protocol.ts';

/** A variant with the files that the learner's are laid over, and how the tests are run. */
export type VariantToRun = Variant & { files: Files; conditions?: Conditions | undefined };

type Defined = { id: string; title: string; core?: boolean; files: Files; conditions?: Conditions | undefined };

/** Every variant of an exercise, in the order to show them: what has to pass, core bugs, the other bugs. */
export function variantsOf(exercise: ExerciseDefinition, language: Language): VariantToRun[] {
  const { references, mutants, checks } = exercise.languages[language];
  return [...as('reference', references), ...as('check', coreFirst(checks)), ...as('mutant', coreFirst(mutants))];
}

/** On a mutant the tests should fail, since it is wrong; everywhere else they should pass. */
export function shouldPass({ kind }: Pick<Variant, 'kind'>): boolean {
  return kind !== 'mutant';
}

function as(kind: Variant['kind'], variants: readonly Defined[]): VariantToRun[] {
  return variants.map(({ id, title, core = true, files, conditions }) => ({
    id,
    kind,
    title,
    core,
    files,
    conditions,
  }));
}

function coreFirst<T extends { core: boolean }>(variants: readonly T[]): T[] {
  return [...variants.filter(({ core }) => core), ...variants.filter(({ core }) => !core)];
}
