/** The part of a language's folder that an exercise has in which code is written: given files, checks, wrong submissions. */
import { join, relative } from 'node:path';
import type { CheckDefinition, Files, LanguageDefinition, WrongDefinition } from './definitions.ts';
import { checkFileSchema, wrongFileSchema } from './file-schemas.ts';
import { ExerciseFormatError, filesBelow, foldersIn, list, readJson } from './read-folder.ts';

type Variants = Pick<LanguageDefinition, 'given' | 'references' | 'mutants' | 'checks' | 'wrong'>;

export async function loadCode(root: string, folder: string, solution: Files): Promise<Variants> {
  const [given, checkIds, wrongIds] = await Promise.all([
    filesBelow(join(folder, 'given')),
    foldersIn(join(folder, 'checks')),
    foldersIn(join(folder, 'wrong')),
  ]);
  refuseShared(relative(root, join(folder, 'given')), given, solution, 'is the solver’s own');
  const checks = await Promise.all(checkIds.map((id) => loadCheck(root, folder, id, { given, solution })));
  if (!checks.some(({ core }) => core)) {
    throw new ExerciseFormatError(
      relative(root, join(folder, 'checks')),
      'holds no core check, so that anything would pass',
      'Add checks/<id>/ with check.json and a test file.',
    );
  }
  const wrong = await Promise.all(wrongIds.map((id) => loadWrong(root, folder, id, { checks, solution })));
  return { given, references: [], mutants: [], checks, wrong };
}

async function loadCheck(
  root: string,
  folder: string,
  id: string,
  { given, solution }: { given: Files; solution: Files },
): Promise<CheckDefinition> {
  const at = relative(root, join(folder, 'checks', id));
  const about = await readJson(checkFileSchema, root, join(at, 'check.json'));
  const { 'check.json': _, ...tests } = await filesBelow(join(folder, 'checks', id));
  if (!Object.keys(tests).some((path) => path.endsWith('.test.ts'))) {
    throw new ExerciseFormatError(at, 'holds no test', 'Add a file whose name ends in .test.ts.');
  }
  refuseShared(at, tests, { ...given, ...solution }, 'the solver sees, and would lose to it or take its place');
  return { ...about, id, tests, files: { ...given, ...tests } };
}

async function loadWrong(
  root: string,
  folder: string,
  id: string,
  { checks, solution }: { checks: readonly CheckDefinition[]; solution: Files },
): Promise<WrongDefinition> {
  const at = relative(root, join(folder, 'wrong', id));
  const path = join(at, 'wrong.json');
  const about = await readJson(wrongFileSchema, root, path);
  const known = checks.map((check) => check.id);
  const unknown = about.failsOn.filter((check) => !known.includes(check));
  if (unknown.length > 0) {
    throw new ExerciseFormatError(path, `failsOn names no check: ${list(unknown)}`, `Use ${list(known)}.`);
  }
  const { 'wrong.json': _, ...changed } = await filesBelow(join(folder, 'wrong', id));
  const stray = Object.keys(changed).filter((file) => !(file in solution));
  if (stray.length > 0 || Object.keys(changed).length === 0) {
    throw new ExerciseFormatError(
      at,
      stray.length > 0 ? `holds ${list(stray)}, which the solution has not` : 'changes no file',
      `Put the mistaken copy of ${list(Object.keys(solution))} there.`,
    );
  }
  return { ...about, id, files: { ...solution, ...changed } };
}

function refuseShared(at: string, files: Files, others: Files, why: string): void {
  const shared = Object.keys(files).filter((path) => path in others);
  if (shared.length === 0) return;
  throw new ExerciseFormatError(at, `holds ${list(shared)}, which ${why}`, 'Give each file a path of its own.');
}
