import { isBuiltin } from 'node:module';
import ts from 'typescript';

/** What a file in TypeScript imports from packages, as it is written there; Node’s own modules are left out. */
export function importedPackages(text: string): string[] {
  const imported = ts.preProcessFile(text, true, false).importedFiles.map(({ fileName }) => fileName);
  return imported.filter((name) => !name.startsWith('.') && !isBuiltin(name));
}
