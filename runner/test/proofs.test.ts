/** Every proof that readers can run is run: what it claims holds here, and it says so in a table. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadProofs } from '../../content/proofs/format.ts';
import { runProof } from '../cli/run-proof.ts';
import { parseConfig } from '../config.ts';
import type { Grader } from '../grading/contract.ts';
import { startGrader } from '../grading/grader.ts';

const proofs = await loadProofs(join(dirname(dirname(import.meta.dirname)), 'content', 'proofs'));
let grader: Grader;
let cache: string;

beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'boundary-proofs-'));
  grader = await startGrader(parseConfig({ VARIANT_WALL_MS: '60000', WARM_SANDBOXES: '0' }), cache);
});

afterAll(async () => {
  await grader[Symbol.asyncDispose]();
  await rm(cache, { recursive: true });
});

test.concurrent.each(proofs)('$slug shows what it claims', { timeout: 120_000 }, async (proof) => {
  const typed = proof.variation && "select ';' || 1; select 'a' || null";
  const { verdict, table } = await runProof(grader, proof, typed);
  expect(verdict.references[0]).toMatchObject({ outcome: 'passed' });
  expect(table.rows.length).toBeGreaterThan(1);
  for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
  if (proof.variation) expect(table.rows.at(-1)).toEqual([`Yours: ${typed}`, 'NULL', 'NULL']);
});
