/**
 * `node .ci/complete-lockfile.mjs`: adds to package-lock.json the builds for other platforms that npm left out because
 * the registry it asked does not carry them. `npm ci` refuses a lockfile without them, even where they are never
 * installed. Run it after `npm install` when `npm ci` says “Missing: … from lock file”; with nothing missing it does
 * nothing. An entry made here has no integrity hash, as npm has none to give; one that npm knows is left as it is.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const packages = lock.packages;
const systems = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'win32'];
const processors = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'wasm32'];
let added = 0;

for (const [path, { optionalDependencies = {} }] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    // Only builds for a platform: they are named after it and come in the very version of what they belong to.
    const words = name.split(/[/-]/);
    const os = systems.filter((system) => words.includes(system));
    const cpu = processors.filter((processor) => words.some((word) => word === processor));
    if (cpu.length === 0 || !/^\d/.test(version) || isLocked(path, name)) continue;
    const libc = words.includes('musl') ? { libc: ['musl'] } : words.includes('gnu') ? { libc: ['glibc'] } : {};
    packages[`node_modules/${name}`] = { version, cpu, ...(os.length > 0 ? { os } : {}), ...libc, optional: true };
    added++;
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([one], [other]) => (one < other ? -1 : 1)));
if (added > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added === 0 ? 'The lockfile is complete.' : `Added ${added} entries for other platforms.`);

/** Whether a package is there for the one at `path`: in its own folder or in one above. */
function isLocked(path, name) {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`]) return true;
    if (at === '' || !at.includes('/')) return packages[`node_modules/${name}`] !== undefined;
  }
}
