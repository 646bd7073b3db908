import { type ProofDefinition, proofAsExercise } from '../../content/proofs/format.ts';
import { addReport, readReport, type Table } from '../../content/proofs/report.ts';
import type { Grader } from '../grading/contract.ts';
import type { EventBody, Verdict } from '../protocol.ts';

type Started = Extract<EventBody, { type: 'started' }>;
export type ProofRun = { verdict: Verdict; table: Table; engine: Started['engine'] | undefined };

/** Runs a proof once, as the service does for a reader. */
export async function runProof(grader: Grader, proof: ProofDefinition, typed = ''): Promise<ProofRun> {
  const table: Table = { columns: [], rows: [], notes: [] };
  let engine: ProofRun['engine'];
  let text = '';
  const now = Date.now();
  const verdict = await grader.grade({
    runId: `proof-${proof.slug}`,
    attempt: 1,
    exercise: proofAsExercise(proof),
    language: 'typescript',
    files: proof.variation ? { [proof.variation.file]: typed } : {},
    acceptedAt: now,
    startedAt: now,
    signal: new AbortController().signal,
    emit(event) {
      if (event.type === 'started') engine = event.engine;
      if (event.type === 'output' && event.stream === 'stdout') text += event.text;
    },
  });
  for (const line of text.split('\n')) {
    const report = readReport(line);
    if (report) addReport(table, report);
  }
  return { verdict, table, engine };
}
