import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, extname } from 'node:path';
import { ResolverFactory } from 'rolldown/experimental';
import type { Answers } from './answers.ts';
import { transform } from './transform.ts';

type Resolved = { id: string; file: string; url: string };

const extensions = ['.mjs', '.js', '.mts', '.ts', '.jsx', '.tsx', '.json'];
const resolver = new ResolverFactory({
  extensions,
  // An import of what TypeScript would compile to finds what it is compiled from.
  extensionAlias: { '.js': ['.ts', '.tsx', '.js'], '.mjs': ['.mts', '.mjs'], '.cjs': ['.cts', '.cjs'] },
  // Packages are loaded by Node, so they resolve as Node resolves them.
  conditionNames: ['node', 'import', 'module-sync', 'default'],
  mainFields: ['main'],
});

/**
 * Finds modules for Vitest's worker: what stands in one of its folders is transformed and evaluated by the worker, everything else
 * is Node's to load.
 */
export class Modules {
  readonly #folders: readonly string[];
  readonly #fetched = new Map<string, ReturnType<Answers['fetch']>>();

  constructor(folders: readonly string[]) {
    this.#folders = folders;
  }

  /** As Vitest's main process answers its worker: what to evaluate for an import. */
  readonly fetch: Answers['fetch'] = (id, importer) => {
    const path = this.#resolve(id, importer);
    // In these words, which the worker looks for and turns into its own.
    if (path === undefined) return Promise.reject(new Error(`Cannot find module '${id}'`));
    if (!this.#isOurs(path)) return Promise.resolve({ externalize: path, type: 'module' });
    const known = this.#fetched.get(path) ?? this.#load(path);
    this.#fetched.set(path, known);
    return known;
  };

  /** Likewise: which module an import stands for, null for none. */
  readonly resolve: Answers['resolve'] = async (id, importer) => {
    if (isBuiltin(id)) return { id, file: id, url: id.startsWith('node:') ? id : `node:${id}` };
    const path = this.#resolve(id, importer);
    return path === undefined ? null : ({ id: path, file: path, url: path } satisfies Resolved);
  };

  #isOurs(path: string): boolean {
    return this.#folders.some((folder) => path.startsWith(`${folder}/`)) && !path.includes('/node_modules/');
  }

  #resolve(id: string, importer: string | undefined): string | undefined {
    const from = importer?.startsWith('/') ? dirname(importer) : (this.#folders[0] ?? '/');
    const { path } = resolver.sync(from, id.startsWith('file://') ? new URL(id).pathname : id);
    return path;
  }

  async #load(path: string): ReturnType<Answers['fetch']> {
    const text = readFileSync(path, 'utf8');
    const source = extname(path) === '.json' ? `export default ${text}` : text;
    return { ...(await transform(path, source)), file: path, id: path, url: path, invalidate: false };
  }
}
