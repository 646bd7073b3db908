/**
 * `npm run dev`: the site with hot reload on port 4322 and, behind it, the runner on port 4321, started anew when its code
 * changes. Ctrl+C stops both.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';

const root = dirname(dirname(import.meta.dirname));
const run = (...args: string[]) => spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
const children: ChildProcess[] = [
  run(
    join(import.meta.dirname, 'unprivileged.ts'),
    process.execPath,
    `--watch-path=${join(root, 'runner')}`,
    join(import.meta.dirname, 'boundary.mjs'),
    'serve',
  ),
  run(join(root, 'node_modules', 'astro', 'bin', 'astro.mjs'), 'dev', '--port', '4322'),
];
const stop = () => {
  for (const child of children) child.kill('SIGTERM');
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
await Promise.race(children.map((child) => once(child, 'exit')));
stop();
