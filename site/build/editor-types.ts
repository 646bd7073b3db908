import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { declarationsFor } from './declarations.ts';
import { importedPackages } from './imported-packages.ts';

const moduleId = 'virtual:editor-types';

/** What a test may import without any exercise doing so. */
const always = ['vitest', 'vitest/globals', 'pg', 'testcontainers', '@testcontainers/postgresql'];

/**
 * The module `virtual:editor-types`: the types of every library that a test in the browser’s editor may import, taken
 * from `node_modules` at build, so that nothing is fetched from elsewhere and they are of the very versions that run.
 */
export function editorTypes(): Plugin {
  let root = '';
  return {
    name: 'boundary:editor-types',
    configResolved(config) {
      root = config.root;
    },
    resolveId: (id) => (id === moduleId ? `\0${moduleId}` : undefined),
    load(id) {
      if (id !== `\0${moduleId}`) return;
      const imports = new Set([...always, ...importsIn(join(root, 'exercises'))]);
      const declarations = JSON.stringify(declarationsFor(root, [...imports].sort()));
      // As a string in a string: a browser parses JSON faster than it parses an object of the same size.
      return `export default JSON.parse(${JSON.stringify(declarations)});`;
    },
  };
}

/** Packages that files below `folder` import, Node’s own modules left out. */
function importsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && path.includes('/'))
    .flatMap((path) => importedPackages(readFileSync(join(folder, path), 'utf8')));
}
