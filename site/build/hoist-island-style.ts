import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

const style = '<style>astro-island,astro-slot{display:contents}</style>';

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
          if (!html.includes(style)) continue;
          await writeFile(join(root, path), html.replaceAll(style, '').replace('</head>', `${style}</head>`));
        }
      },
    },
  };
}
