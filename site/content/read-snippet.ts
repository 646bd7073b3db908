import { readdir, readFile } from 'node:fs/promises';
import { join, posix, relative } from 'node:path';
import { SnippetError, snippetRegion } from './snippet-region.ts';
import { testedSources } from './tested-sources.ts';

/**
 * Reads code that the site shows, from a file that the project’s tests run. Throws {@link SnippetError}.
 *
 * @param file from the top of the repository
 * @param where who asks for it, for an author who has to mend it
 */
export async function readSnippet(file: string, region: string | undefined, where: string): Promise<string> {
  if (posix.normalize(file) !== file || !/^(content\/snippets|exercises)\//.test(file)) {
    throw new SnippetError(
      `${where}: ${file} is not below content/snippets/ or exercises/. Put it there: those are tested.`,
    );
  }
  const source = await readFile(file, 'utf8').catch((cause) => {
    throw new SnippetError(`${where}: ${file} cannot be read. Add it or correct the path.`, { cause });
  });
  await expectTested(file, where);
  return snippetRegion(source, file, region);
}

/** Of exercises, `exercises:verify` runs every file. Of snippets, some test has to import the one that is shown. */
async function expectTested(file: string, where: string): Promise<void> {
  const folder = /^content\/snippets\/[^/]+/.exec(file)?.[0];
  if (folder === undefined) return;
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    paths.map(async (path) => [relative(folder, path), await readFile(path, 'utf8')] as const),
  );
  if (testedSources(Object.fromEntries(texts)).has(posix.relative(folder, file))) return;
  throw new SnippetError(
    `${where}: no test in ${folder}/ imports ${posix.relative(folder, file)}, so nothing has run this code. Write a test that does, or show code from another file.`,
  );
}
