import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The file that has Testcontainers in it, in the folder of what was compiled in advance. */
export const bundleName = 'testcontainers.cjs';

const require = createRequire(import.meta.url);

/**
 * Loads Testcontainers from its bundle, where there is one, and has Node take that for the package from now on, whoever
 * imports it.
 */
export function loadBundle(folder: string | undefined): void {
  const file = join(folder ?? '', bundleName);
  if (folder === undefined || !existsSync(file)) return;
  require(file);
  require.cache[require.resolve('testcontainers')] = require.cache[file];
}
