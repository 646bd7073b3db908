import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { AstroIntegration } from 'astro';

/** What compresses well. Fonts and images have been compressed by their formats. */
const compressible = /\.(html|js|css|svg|json|xml|txt|webmanifest)$/;
/** Bytes below which there is hardly anything to save. A page has several scripts not much above it. */
const smallest = 256;
/** Bytes from which Brotli’s last two qualities cost seconds a file and save a few per cent. */
const large = 500_000;

/** Puts `x.br` and `x.gz` beside each file of the built site, so that the runner compresses nothing while it serves. */
export function precompress(): AstroIntegration {
  return {
    name: 'boundary:precompress',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        const root = fileURLToPath(dir);
        const paths = (await readdir(root, { recursive: true })).filter((path) => compressible.test(path));
        for (const path of paths) await compressFile(join(root, path));
      },
    },
  };
}

async function compressFile(path: string): Promise<void> {
  if ((await stat(path)).size < smallest) return;
  const content = await readFile(path);
  const quality = content.length < large ? constants.BROTLI_MAX_QUALITY : 9;
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
    promisify(gzip)(content, { level: 9 }),
  ]);
  await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)]);
}
