import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = dirname(dirname(import.meta.dirname));
const stamp = join(root, 'dist', 'built-from');
/** All that the built site depends on. */
const sources = ['site', 'content', 'exercises', 'runner/protocol.ts', 'astro.config.mjs', 'package-lock.json'];

/** The environment variables that it depends on as well; `site/build/site-settings.ts` reads them. */
const settings = ['PUBLIC_ORIGIN', 'EDIT_ADDRESS'];

/** Builds the site into `dist/site` unless it was built from these very sources. */
export async function buildIfStale(): Promise<void> {
  const fingerprint = fingerprintOf(sources);
  const built =
    existsSync(stamp) &&
    existsSync(join(root, 'dist', 'site', 'index.html')) &&
    readFileSync(stamp, 'utf8') === fingerprint;
  if (built) return;
  console.log('Building the site (only when its sources have changed) …');
  buildSite();
}

/** Builds the site into `dist/site`. Ends the process with the build's messages if it fails. */
export function buildSite(): void {
  const fingerprint = fingerprintOf(sources);
  const build = spawnSync(
    process.execPath,
    [join(root, 'node_modules', 'astro', 'bin', 'astro.mjs'), 'build', '--silent'],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
    },
  );
  if (build.status !== 0) {
    console.error('The site could not be built; the message above says where. Nothing was started.');
    process.exit(1);
  }
  writeFileSync(stamp, fingerprint);
}

/** A hash of every source's path and content. */
function fingerprintOf(paths: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(settings.map((name) => process.env[name] ?? '')));
  for (const path of paths.flatMap((path) => filesOf(join(root, path))).sort()) {
    hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !isTest(join(entry.parentPath, entry.name)))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The site is not made of its tests. */
function isTest(path: string): boolean {
  return (
    path.startsWith(join(root, 'site')) && (/\.test\.tsx?$/.test(path) || path.startsWith(join(root, 'site', 'test')))
  );
}
