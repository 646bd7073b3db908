import { join } from 'node:path';
import { bundleName } from './inside/bundled.ts';

/**
 * Writes Testcontainers, with all that it loads, into one file in a folder: some 700 modules, which are found and read in
 * half of the time when they are one. Its code is as published; where several files were, there are several functions.
 */
export async function bundleTestcontainers(folder: string): Promise<void> {
  // Loaded for this alone, which happens once.
  const { rolldown } = await import('rolldown');
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
  try {
    await bundle.write({ file: join(folder, bundleName), format: 'cjs', codeSplitting: false });
  } finally {
    await bundle.close();
  }
}
