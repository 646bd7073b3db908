/**
 * `bundle.ts FOLDER`: writes Testcontainers, with all that it loads, into one file in the folder: some 700 modules, which
 * are found and read in half of the time when they are one. Its code is as published; where several files were, there are
 * several functions. A program of its own, because the 300 MiB that it takes are given back only when it ends.
 */
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { bundleName } from './inside/bundled.ts';

const [, , folder] = process.argv;
if (folder === undefined) throw new Error('Usage: bundle.ts FOLDER');
const bundle = await rolldown({
  input: 'testcontainers',
  cwd: import.meta.dirname,
  platform: 'node',
  // An addon of ssh2's, which it does without; only a daemon on another machine is reached by SSH.
  external: [/\.node$/, 'cpu-features'],
  // What a module does when it is loaded, it does here too.
  treeshake: false,
  logLevel: 'silent',
});
await bundle.write({ file: join(folder, bundleName), format: 'cjs', codeSplitting: false });
await bundle.close();
