/**
 * The folder format of an exercise, as schemas and one loader. The runner grades from it and the site draws its pages
 * from it, so it lives here, beside the data, and imports neither. This file is the one that others import.
 *
 * ```
 * exercises/<slug>/
 *   exercise.json                  exerciseFileSchema
 *   brief.md                       what the solver is asked to do
 *   typescript/
 *     starter/                     the editable files as the solver first sees them
 *     solution/                    the same paths, solved; solution.md beside this folder discusses it
 * ```
 * Where tests are written (`write-tests`) or mended (`mend-suite`), what they are tried on:
 * ```
 *     references/<id>/             a correct implementation: whole files, and reference.json
 *     mutants/<id>/                a planted bug: only the files that differ from its base, and mutant.json
 * ```
 * The first reference by name is the one that the solver can read. Where code is written (`write-code`), what it is tried
 * by:
 * ```
 *     given/                       files that the solver can read and import, and so can the tests
 *     checks/<id>/                 hidden tests of one promise, and check.json
 *     wrong/<id>/                  a mistake that people make: only the files that differ from the solution, and wrong.json
 * ```
 */
import { join, relative } from 'node:path';
import { checkMending } from './check-mending.ts';
import type { ExerciseDefinition, LanguageDefinition } from './definitions.ts';
import { exerciseFileSchema, slug } from './file-schemas.ts';
import { loadCode } from './load-code.ts';
import { loadTests } from './load-tests.ts';
import { ExerciseFormatError, filesBelow, foldersIn, list, readJson, readText } from './read-folder.ts';

export type {
  Conditions,
  ExerciseDefinition,
  Files,
  LanguageDefinition,
  MutantDefinition,
  ReferenceDefinition,
  Rule,
  WrongDefinition,
} from './definitions.ts';
export {
  checkFileSchema,
  conditionsSchema,
  exerciseFileSchema,
  mutantFileSchema,
  referenceFileSchema,
  ruleSchema,
  wrongFileSchema,
} from './file-schemas.ts';
export { ExerciseFormatError } from './read-folder.ts';

/** Reads every exercise under `root` (the `exercises` folder), in order of slug. Throws {@link ExerciseFormatError}. */
export async function loadExercises(root: string): Promise<ExerciseDefinition[]> {
  const slugs = await foldersIn(root);
  return Promise.all(slugs.map((name) => loadExercise(root, name)));
}

/** Reads one exercise. Throws {@link ExerciseFormatError}, which names file, problem and mend. */
export async function loadExercise(root: string, name: string): Promise<ExerciseDefinition> {
  const at = (path: string) => join(name, path);
  if (!slug.safeParse(name).success) {
    throw new ExerciseFormatError(at(''), 'the folder’s name is no slug', 'Use lower-case words joined by “-”.');
  }
  const about = await readJson(exerciseFileSchema, root, at('exercise.json'));
  const typescript = await loadLanguage(root, join(root, name, 'typescript'), about.kind);
  checkMending(about, typescript, at('exercise.json'));
  return { ...about, slug: name, brief: await readText(root, at('brief.md')), languages: { typescript } };
}

async function loadLanguage(
  root: string,
  folder: string,
  kind: ExerciseDefinition['kind'],
): Promise<LanguageDefinition> {
  const at = (path: string) => relative(root, join(folder, path));
  const [starter, solution, discussion] = await Promise.all([
    filesBelow(join(folder, 'starter')),
    filesBelow(join(folder, 'solution')),
    readText(root, at('solution.md')),
  ]);
  if (Object.keys(starter).sort().join() !== Object.keys(solution).sort().join()) {
    throw new ExerciseFormatError(
      at('solution'),
      `holds ${list(Object.keys(solution))} where starter holds ${list(Object.keys(starter))}`,
      'Give both folders the same paths.',
    );
  }
  const variants = kind === 'write-code' ? await loadCode(root, folder, solution) : await loadTests(root, folder);
  return { starter, solution, discussion, ...variants };
}
