import { dirname, join, relative, sep } from 'node:path';
import ts from 'typescript';

/** Path below the project, with “/” → text. */
export type Declarations = Record<string, string>;

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.esnext.d.ts'],
  types: ['node'],
  strict: true,
  noEmit: true,
};

/** What a resolver of types reads in a package’s manifest. */
const resolverFields = ['name', 'version', 'type', 'main', 'types', 'typings', 'typesVersions', 'exports', 'imports'];

/**
 * The declaration files that the compiler reads for these imports and for Node, each where it lies below `root`, with the
 * manifests by which it found them: enough for another compiler to find the same ones. Its own libraries are left out.
 *
 * @throws where an import has no types, naming it
 */
export function declarationsFor(root: string, imports: readonly string[]): Declarations {
  // It exists for the compiler only, and stands where `node_modules` is found from.
  const entry = join(root, 'every-import.ts');
  const text = imports.map((name) => `import ${JSON.stringify(name)};`).join('\n');
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile, readFile } = host;
  host.fileExists = (path) => path === entry || fileExists(path);
  host.readFile = (path) => (path === entry ? text : readFile(path));
  host.getSourceFile = (path, language, ...rest) =>
    path === entry ? ts.createSourceFile(path, text, language) : getSourceFile(path, language, ...rest);

  const untyped = imports.filter((name) => !ts.resolveModuleName(name, entry, options, host).resolvedModule);
  if (untyped.length > 0) {
    throw new Error(
      `No types are installed for ${untyped.join(', ')}. Add the package, or its @types package, to package.json.`,
    );
  }
  const program = ts.createProgram([entry], options, host);
  const paths = program
    .getSourceFiles()
    .filter((file) => file.fileName !== entry && !program.isSourceFileDefaultLibrary(file))
    .map(({ fileName }) => fileName);
  const manifests = new Set(paths.flatMap((path) => manifestsAbove(path, root, fileExists)));
  return Object.fromEntries([
    ...paths.map((path) => [nameOf(path, root), readFile(path) ?? '']),
    ...[...manifests].map((path) => [nameOf(path, root), forResolver(readFile(path) ?? '{}')]),
  ]);
}

/** The `package.json` of the package that holds a file, and those of folders in it. */
function manifestsAbove(path: string, root: string, exists: (path: string) => boolean): string[] {
  const found: string[] = [];
  for (let folder = dirname(path); folder.length > root.length; folder = dirname(folder)) {
    if (folder.endsWith('/node_modules')) break;
    if (exists(join(folder, 'package.json'))) found.push(join(folder, 'package.json'));
  }
  return found;
}

function forResolver(manifest: string): string {
  const fields = Object.entries(JSON.parse(manifest) as Record<string, unknown>);
  return JSON.stringify(Object.fromEntries(fields.filter(([field]) => resolverFields.includes(field))));
}

function nameOf(path: string, root: string): string {
  return relative(root, path).split(sep).join('/');
}
