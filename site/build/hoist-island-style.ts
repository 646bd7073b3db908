import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

const style = /<style>astro-island[^<]*<\/style>/g;

/** Moves the style that Astro writes beside an island into the head, where HTML has it. */
export function hoistIslandStyle(): AstroIntegration {
  return {
    name: 'boundary:hoist-island-style',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        const root = fileURLToPath(dir);
        for (const path of await readdir(root, { recursive: true })) {
          if (!path.endsWith('.html')) continue;
          const html = await readFile(join(root, path), 'utf8');
          const [found] = html.match(style) ?? [];
          if (found) await writeFile(join(root, path), html.replace(style, '').replace('</head>', `${found}</head>`));
        }
      },
    },
  };
}
