import manifest from '../../package.json' with { type: 'json' };
import { importedPackages } from '../build/imported-packages.ts';

const versions: Record<string, string | undefined> = { ...manifest.devDependencies, ...manifest.dependencies };

/** What every project in TypeScript needs beside what its code imports. */
const always = ['vitest', 'typescript', '@types/node'];

/** Packages that these texts import, with the versions that this project uses; types of their own where they have them. */
export function packagesFor(texts: readonly string[]): Record<string, string> {
  const names = texts.flatMap(importedPackages).map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'));
  const wanted = [...new Set([...always, ...names, ...names.map((name) => `@types/${name}`)])].sort();
  return Object.fromEntries(
    wanted.flatMap((name) => {
      const version = versions[name];
      if (version !== undefined) return [[name, version]];
      if (name.startsWith('@types/')) return [];
      throw new Error(`An exercise imports ${name}, which package.json does not list. Add it there.`);
    }),
  );
}
