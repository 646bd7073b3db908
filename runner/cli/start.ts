/**
 * `npm start`: builds the site if its sources changed, sees to the sandbox tool, gives root up and serves until it is
 * told to stop.
 */
import { join } from 'node:path';
import { buildIfStale } from './build-site.ts';
import { ensureBubblewrap } from './ensure-bubblewrap.ts';

if (process.platform !== 'linux') {
  console.error(
    `Boundary runs on Linux, and this is ${process.platform}: submissions run in sandboxes that only Linux has.\n` +
      'On Windows, open WSL2 (wsl --install) and run the same two commands in it. On macOS, use a Linux virtual machine,\n' +
      'for example Lima (limactl start) or Multipass (multipass shell).',
  );
  process.exit(1);
}
await buildIfStale();
ensureBubblewrap();
process.argv.splice(2, process.argv.length, process.execPath, join(import.meta.dirname, 'boundary.mjs'), 'serve');
await import('./unprivileged.ts');
