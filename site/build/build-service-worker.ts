import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { build } from 'vite';

/** Bundles the service worker into one file at the top of the site, where it may serve every page. */
export function buildServiceWorker(): AstroIntegration {
  let source = '';
  return {
    name: 'boundary:service-worker',
    hooks: {
      'astro:config:setup': ({ config }) => {
        source = fileURLToPath(new URL('offline/service-worker.ts', config.srcDir));
      },
      'astro:build:done': async ({ dir }) => {
        const root = fileURLToPath(dir);
        await build({
          configFile: false,
          logLevel: 'warn',
          publicDir: false,
          define: {
            precached: JSON.stringify(await precached(root)),
            'process.env.NODE_ENV': '"production"',
          },
          build: {
            outDir: root,
            emptyOutDir: false,
            copyPublicDir: false,
            lib: { entry: source, formats: ['iife'], name: 'serviceWorker', fileName: () => 'service-worker.js' },
          },
        });
      },
    },
  };
}

/** The page that stands in for those that have not been visited, and what it is made of. */
async function precached(root: string): Promise<{ url: string; revision: string | null }[]> {
  const html = await readFile(join(root, 'offline', 'index.html'), 'utf8');
  const files = [...html.matchAll(/(?:href|src)="(\/_astro\/[^"]+)"/g)].map(([, path = '']) => path);
  return [
    { url: '/offline/', revision: createHash('sha256').update(html).digest('hex').slice(0, 16) },
    // Named after their content.
    ...[...new Set(files)].map((url) => ({ url, revision: null })),
  ];
}
