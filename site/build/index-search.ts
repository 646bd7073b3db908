import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { close, createIndex } from 'pagefind';

/** Indexes the built pages for the search, below `/pagefind/`. A browser loads the parts that a query touches. */
export function indexSearch(): AstroIntegration {
  return {
    name: 'boundary:index-search',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        const path = fileURLToPath(dir);
        const { index, errors } = await createIndex({ forceLanguage: 'en' });
        if (!index) throw new Error(`The search index cannot be made: ${errors.join('; ')}.`);
        const indexed = await index.addDirectory({ path });
        const written = await index.writeFiles({ outputPath: `${path}pagefind` });
        await close();
        const problems = [...indexed.errors, ...written.errors];
        if (problems.length > 0) throw new Error(`The search index is not whole: ${problems.join('; ')}.`);
      },
    },
  };
}
