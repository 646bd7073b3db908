/** Runs the proofs that are named, or all, and writes what happened as one JSON object a line: slug and recorded result. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadProofs, type Recorded } from '../../content/proofs/format.ts';
import { parseConfig } from '../config.ts';
import { startGrader } from '../grading/grader.ts';
import { runProof } from './run-proof.ts';

const wanted = process.argv.slice(2);
const proofs = await loadProofs(join(dirname(dirname(import.meta.dirname)), 'content', 'proofs'));
const unknown = wanted.filter((slug) => !proofs.some((proof) => proof.slug === slug));
if (unknown.length > 0) {
  console.error(`There is no proof ${unknown.join(', ')}. There are: ${proofs.map(({ slug }) => slug).join(', ')}.`);
  process.exit(2);
}
const cache = await mkdtemp(join(tmpdir(), 'boundary-proofs-'));
const grader = await startGrader(parseConfig(process.env), cache);
try {
  for (const proof of proofs) {
    if (wanted.length > 0 && !wanted.includes(proof.slug)) continue;
    const { verdict, table, engine } = await runProof(grader, proof);
    if (verdict.outcome !== 'passed') {
      console.error(`${proof.slug}: ${verdict.outcome}, ${verdict.reason}`);
      process.exitCode = 1;
      continue;
    }
    const recorded: Recorded = {
      on: new Date().toISOString().slice(0, 10),
      ms: verdict.timings.total,
      versions: `Node ${engine?.node}, Vitest ${engine?.vitest}, PostgreSQL in ${engine?.backend === 'docker' ? 'Docker' : 'a sandbox'}`,
      ...table,
    };
    process.stdout.write(`${JSON.stringify({ slug: proof.slug, recorded })}\n`);
  }
} finally {
  await grader[Symbol.asyncDispose]();
  await rm(cache, { recursive: true });
}
