/**
 * `npm run proofs:record [-- SLUG…]`: runs every proof, or those named, and keeps what happened in its recorded.json, which
 * the site shows where no runner answers. The proofs run without root; only the files are written with the caller's rights.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Recorded } from '../../content/proofs/format.ts';

const here = (file: string) => join(import.meta.dirname, file);
const { stdout, status } = spawnSync(
  process.execPath,
  [here('unprivileged.ts'), process.execPath, here('run-proofs.ts'), ...process.argv.slice(2)],
  { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' },
);
for (const line of stdout.split('\n').filter((text) => text.startsWith('{'))) {
  const { slug, recorded } = JSON.parse(line) as { slug: string; recorded: Recorded };
  const path = join('content', 'proofs', slug, 'recorded.json');
  writeFileSync(join(dirname(dirname(import.meta.dirname)), path), `${JSON.stringify(recorded, null, 2)}\n`);
  console.log(`${path}: ${recorded.rows.length} rows, ${recorded.ms} ms`);
}
process.exitCode = status ?? 1;
