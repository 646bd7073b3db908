import type { ExerciseDefinition, LanguageDefinition } from './definitions.ts';
import { ExerciseFormatError } from './read-folder.ts';

/**
 * Rules and conditions are what a suite is mended for, and nothing else has them.
 *
 * @param file the exercise's own, for the {@link ExerciseFormatError} that it throws
 */
export function checkMending(
  { kind, rules = [] }: Pick<ExerciseDefinition, 'kind' | 'rules'>,
  { references }: LanguageDefinition,
  file: string,
): void {
  const conditions = references.flatMap((reference) => reference.conditions ?? []);
  const asks = rules.length + conditions.length > 0;
  if (asks !== (kind === 'mend-suite')) {
    throw new ExerciseFormatError(
      file,
      asks ? `has rules or conditions, and is ${kind}` : 'is mend-suite, and has no rule and no condition',
      asks ? 'Make it mend-suite, or leave them out.' : 'Say what the suite has to keep, or how it is run.',
    );
  }
  if (rules.some(({ rule }) => rule === 'rowsLeft') && conditions.some(({ atOnce }) => atOnce)) {
    throw new ExerciseFormatError(
      file,
      'has the rule rowsLeft, and a reference with atOnce',
      'Drop one: of tests that run at once nobody can tell whose rows are left.',
    );
  }
}
