/** Reading an exercise's folder, with errors that an author can act on. */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { z } from 'zod';

/** An author's mistake: which file, what is wrong there, and how to mend it. */
export class ExerciseFormatError extends Error {
  override readonly name = 'ExerciseFormatError';
  constructor(file: string, problem: string, mend: string) {
    super(`${file}: ${problem}. ${mend}`);
  }
}

/** Reads and checks a JSON file; `path` is relative to `root`. Throws {@link ExerciseFormatError}. */
export async function readJson<T>(schema: z.ZodType<T>, root: string, path: string): Promise<T> {
  const result = schema.safeParse(await json(root, path));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.join('.') || 'the file';
  throw new ExerciseFormatError(
    path,
    `${field}: ${issue?.message ?? 'is not as expected'}`,
    'See exercises/file-schemas.ts for the fields.',
  );
}

async function json(root: string, path: string): Promise<unknown> {
  try {
    return JSON.parse(await readText(root, path));
  } catch (cause) {
    if (cause instanceof ExerciseFormatError) throw cause;
    throw new ExerciseFormatError(path, `is not JSON: ${(cause as Error).message}`, 'Mend the syntax.');
  }
}

export async function readText(root: string, path: string): Promise<string> {
  try {
    return await readFile(join(root, path), 'utf8');
  } catch {
    throw new ExerciseFormatError(path, 'cannot be read', 'Add the file.');
  }
}

/** Names of the folders in a folder, in order; none if it is not there. */
export async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** All files below a folder, keyed by their path in it, with “/”. */
export async function filesBelow(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const pairs = files.sort().map(async (path) => [relative(folder, path), await readFile(path, 'utf8')] as const);
  return Object.fromEntries(await Promise.all(pairs));
}

export function list(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.join(', ');
}
