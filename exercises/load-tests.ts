/** The part of a language's folder that an exercise has in which tests are written: references and mutants. */
import { join, relative } from 'node:path';
import type { LanguageDefinition, MutantDefinition, ReferenceDefinition } from './definitions.ts';
import { mutantFileSchema, referenceFileSchema } from './file-schemas.ts';
import { ExerciseFormatError, filesBelow, foldersIn, list, readJson } from './read-folder.ts';

type Variants = Pick<LanguageDefinition, 'given' | 'references' | 'mutants' | 'checks' | 'wrong'>;

export async function loadTests(root: string, folder: string): Promise<Variants> {
  const [referenceIds, mutantIds] = await Promise.all([
    foldersIn(join(folder, 'references')),
    foldersIn(join(folder, 'mutants')),
  ]);
  const references = await Promise.all(
    referenceIds.map(async (id): Promise<ReferenceDefinition> => {
      const { 'reference.json': _, ...files } = await filesBelow(join(folder, 'references', id));
      const path = relative(root, join(folder, 'references', id, 'reference.json'));
      return { ...(await readJson(referenceFileSchema, root, path)), id, files };
    }),
  );
  const [first] = references;
  if (!first) {
    throw new ExerciseFormatError(
      relative(root, join(folder, 'references')),
      'holds no correct implementation',
      'Add references/<id>/ with its files.',
    );
  }
  const mutants = await Promise.all(mutantIds.map((id) => loadMutant(root, folder, id, references)));
  return { given: first.files, references, mutants, checks: [], wrong: [] };
}

async function loadMutant(
  root: string,
  folder: string,
  id: string,
  references: readonly ReferenceDefinition[],
): Promise<MutantDefinition> {
  const at = relative(root, join(folder, 'mutants', id));
  const path = join(at, 'mutant.json');
  const about = await readJson(mutantFileSchema, root, path);
  const base = references.find((reference) => reference.id === about.base);
  if (!base) {
    const names = list(references.map((reference) => reference.id));
    throw new ExerciseFormatError(path, `base names no reference: ${about.base}`, `Use ${names}.`);
  }
  const { 'mutant.json': _, ...changed } = await filesBelow(join(folder, 'mutants', id));
  const stray = Object.keys(changed).filter((file) => !(file in base.files));
  if (stray.length > 0 || Object.keys(changed).length === 0) {
    throw new ExerciseFormatError(
      at,
      stray.length > 0 ? `holds ${list(stray)}, which ${base.id} has not` : 'changes no file',
      `Put the changed copy of ${list(Object.keys(base.files))} there.`,
    );
  }
  return { ...about, id, changed, files: { ...base.files, ...changed } };
}
