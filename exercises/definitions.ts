/** What the loader makes of an exercise's folder. */
import type { z } from 'zod';
import type {
  checkFileSchema,
  conditionsSchema,
  exerciseFileSchema,
  mutantFileSchema,
  referenceFileSchema,
  ruleSchema,
  wrongFileSchema,
} from './file-schemas.ts';

/** Path, with “/” → text. */
export type Files = Readonly<Record<string, string>>;

export type Rule = z.infer<typeof ruleSchema>;
export type Conditions = z.infer<typeof conditionsSchema>;

export type ReferenceDefinition = z.infer<typeof referenceFileSchema> & { id: string; files: Files };
/** `files` is the whole implementation: the base's files with the mutant's laid over; `changed` are the mutant's own. */
export type MutantDefinition = z.infer<typeof mutantFileSchema> & { id: string; files: Files; changed: Files };
/** `files` is what the solver's code is laid beside: the given files and the check's; `tests` are the check's own. */
export type CheckDefinition = z.infer<typeof checkFileSchema> & {
  id: string;
  files: Files;
  tests: Files;
  /** How they are run; only a proof says so. */
  conditions?: Conditions;
};
/** `files` is the whole submission: the solution's files with the mistaken ones laid over. */
export type WrongDefinition = z.infer<typeof wrongFileSchema> & { id: string; files: Files };

/**
 * An exercise in one language. Where tests are written there are references and mutants, where code is written checks and
 * wrong submissions; the other two are empty.
 */
export type LanguageDefinition = {
  starter: Files;
  solution: Files;
  discussion: string;
  /** What the solver can read beside the starter: the first reference, or the given files. */
  given: Files;
  references: readonly ReferenceDefinition[];
  mutants: readonly MutantDefinition[];
  checks: readonly CheckDefinition[];
  /** Submissions that have to fail; they prove the checks, and no solver meets them. */
  wrong: readonly WrongDefinition[];
};

export type ExerciseDefinition = Omit<z.infer<typeof exerciseFileSchema>, 'kind'> & {
  /** A proof runs as an exercise does, and is none: `content/proofs/format.ts` makes it. */
  kind: z.infer<typeof exerciseFileSchema>['kind'] | 'proof';
  slug: string;
  brief: string;
  languages: { typescript: LanguageDefinition };
};
