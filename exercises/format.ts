/**
 * The folder format of an exercise, as schemas and one loader. The runner grades from it and the site draws its pages
 * from it, so it lives here, beside the data, and imports neither.
 *
 * ```
 * exercises/<slug>/
 *   exercise.json                  exerciseFileSchema
 *   brief.md                       what the solver is asked to do
 *   typescript/
 *     starter/                     the editable files as the solver first sees them
 *     solution/                    the same paths, solved; solution.md beside this folder discusses it
 *     references/<id>/             a correct implementation: whole files
 *     references/<id>/reference.json   { title }
 *     mutants/<id>/                a planted bug: only the files that differ from the reference it is based on
 *     mutants/<id>/mutant.json     mutantFileSchema
 * ```
 * The first reference by name is the one that the solver can read.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { z } from 'zod';

const slug = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'use lower-case words joined by “-”, such as user-repository');

/** `exercise.json`. */
export const exerciseFileSchema = z.strictObject({
  $schema: z.string().optional(),
  title: z.string().min(3).max(80),
  summary: z.string().min(20).max(200).describe('One sentence for the catalogue.'),
  kind: z.enum(['write-tests']),
  level: z.enum(['introductory', 'intermediate', 'advanced']),
  minutes: z.int().min(5).max(180),
  practises: z.array(z.string()).min(1).describe('What the solver can do afterwards, each a short clause.'),
  lesson: slug.describe('The lesson that this exercise practises.'),
  misconceptions: z.array(slug).default([]),
});

/** `references/<id>/reference.json`. */
export const referenceFileSchema = z.strictObject({
  $schema: z.string().optional(),
  title: z.string().min(3).max(100).describe('How this correct implementation goes about it.'),
});

/** `mutants/<id>/mutant.json`. */
export const mutantFileSchema = z.strictObject({
  $schema: z.string().optional(),
  title: z.string().min(3).max(100).describe('The symptom that a user of the software would report.'),
  core: z.boolean().describe('Core bugs must all be killed for a pass.'),
  base: slug.describe('The reference that this bug was planted in.'),
  hints: z
    .tuple([z.string().min(10), z.string().min(10), z.string().min(10)])
    .describe('Three stages: the symptom at length, where to look, what a test must do.'),
  misconception: slug.optional(),
});

export type Files = Readonly<Record<string, string>>;
export type ReferenceDefinition = z.infer<typeof referenceFileSchema> & { id: string; files: Files };
/** `files` is the whole implementation: the base's files with the mutant's laid over; `changed` are the mutant's own. */
export type MutantDefinition = z.infer<typeof mutantFileSchema> & { id: string; files: Files; changed: Files };
export type LanguageDefinition = {
  starter: Files;
  solution: Files;
  discussion: string;
  references: readonly [ReferenceDefinition, ...ReferenceDefinition[]];
  mutants: readonly MutantDefinition[];
};
export type ExerciseDefinition = Omit<z.infer<typeof exerciseFileSchema>, 'kind'> & {
  /** A proof runs as an exercise does, and is none: `content/proofs/format.ts` makes it. */
  kind: z.infer<typeof exerciseFileSchema>['kind'] | 'proof';
  slug: string;
  brief: string;
  languages: { typescript: LanguageDefinition };
};

/** An author's mistake: which file, what is wrong there, and how to mend it. */
export class ExerciseFormatError extends Error {
  override readonly name = 'ExerciseFormatError';
  constructor(file: string, problem: string, mend: string) {
    super(`${file}: ${problem}. ${mend}`);
  }
}

/** Reads every exercise under `root` (the `exercises` folder), in order of slug. Throws {@link ExerciseFormatError}. */
export async function loadExercises(root: string): Promise<ExerciseDefinition[]> {
  const slugs = await foldersIn(root);
  return Promise.all(slugs.map((name) => loadExercise(root, name)));
}

/** Reads one exercise. Throws {@link ExerciseFormatError}, which names file, problem and mend. */
export async function loadExercise(root: string, name: string): Promise<ExerciseDefinition> {
  const folder = join(root, name);
  const at = (path: string) => join(name, path);
  if (!slug.safeParse(name).success) {
    throw new ExerciseFormatError(at(''), 'the folder’s name is no slug', 'Use lower-case words joined by “-”.');
  }
  const about = parse(exerciseFileSchema, await json(root, at('exercise.json')), at('exercise.json'));
  return {
    ...about,
    slug: name,
    brief: await text(root, at('brief.md')),
    languages: { typescript: await loadLanguage(root, join(folder, 'typescript')) },
  };
}

async function loadLanguage(root: string, folder: string): Promise<LanguageDefinition> {
  const at = (path: string) => relative(root, join(folder, path));
  const [starter, solution, discussion, referenceIds, mutantIds] = await Promise.all([
    filesBelow(join(folder, 'starter')),
    filesBelow(join(folder, 'solution')),
    text(root, at('solution.md')),
    foldersIn(join(folder, 'references')),
    foldersIn(join(folder, 'mutants')),
  ]);
  if (Object.keys(starter).sort().join() !== Object.keys(solution).sort().join()) {
    throw new ExerciseFormatError(
      at('solution'),
      `holds ${list(Object.keys(solution))} where starter holds ${list(Object.keys(starter))}`,
      'Give both folders the same paths.',
    );
  }
  const references = await Promise.all(
    referenceIds.map(async (id): Promise<ReferenceDefinition> => {
      const { 'reference.json': _, ...files } = await filesBelow(join(folder, 'references', id));
      const path = at(`references/${id}/reference.json`);
      return { ...parse(referenceFileSchema, await json(root, path), path), id, files };
    }),
  );
  const [first, ...others] = references;
  if (!first) {
    throw new ExerciseFormatError(
      at('references'),
      'holds no correct implementation',
      'Add references/<id>/ with its files.',
    );
  }
  const mutants = await Promise.all(
    mutantIds.map(async (id): Promise<MutantDefinition> => {
      const path = at(`mutants/${id}/mutant.json`);
      const about = parse(mutantFileSchema, await json(root, path), path);
      const base = references.find((reference) => reference.id === about.base);
      if (!base) {
        throw new ExerciseFormatError(path, `base names no reference: ${about.base}`, `Use ${list(referenceIds)}.`);
      }
      const { 'mutant.json': _, ...changed } = await filesBelow(join(folder, 'mutants', id));
      const stray = Object.keys(changed).filter((file) => !(file in base.files));
      if (stray.length > 0 || Object.keys(changed).length === 0) {
        throw new ExerciseFormatError(
          at(`mutants/${id}`),
          stray.length > 0 ? `holds ${list(stray)}, which ${base.id} has not` : 'changes no file',
          `Put the changed copy of ${list(Object.keys(base.files))} there.`,
        );
      }
      return { ...about, id, changed, files: { ...base.files, ...changed } };
    }),
  );
  return { starter, solution, discussion, references: [first, ...others], mutants };
}

function parse<T>(schema: z.ZodType<T>, value: unknown, file: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.join('.') || 'the file';
  throw new ExerciseFormatError(
    file,
    `${field}: ${issue?.message ?? 'is not as expected'}`,
    'See exercises/format.ts for the format.',
  );
}

async function json(root: string, path: string): Promise<unknown> {
  try {
    return JSON.parse(await text(root, path));
  } catch (cause) {
    if (cause instanceof ExerciseFormatError) throw cause;
    throw new ExerciseFormatError(path, `is not JSON: ${(cause as Error).message}`, 'Mend the syntax.');
  }
}

async function text(root: string, path: string): Promise<string> {
  try {
    return await readFile(join(root, path), 'utf8');
  } catch {
    throw new ExerciseFormatError(path, 'cannot be read', 'Add the file.');
  }
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** All files below a folder, keyed by their path in it, with “/”. */
async function filesBelow(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const pairs = files.sort().map(async (path) => [relative(folder, path), await readFile(path, 'utf8')] as const);
  return Object.fromEntries(await Promise.all(pairs));
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.join(', ');
}
