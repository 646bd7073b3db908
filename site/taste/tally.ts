import type { RunState } from '../workbench/run-state.ts';

/** A run in a sentence or two, as it goes on. */
export function tally(run: RunState): string {
  const { phase, verdict, queue, reason } = run;
  if (phase === 'queued' && queue && queue.position > 0) return `Waiting: ${queue.position} before you.`;
  if (phase !== 'finished') return run.variants.length === 0 ? 'Starting …' : `Running ${progress(run)} …`;
  if (!verdict) return reason ?? 'The run ended without a verdict. Press again.';
  const broken = verdict.references.find(({ outcome }) => outcome !== 'passed');
  if (broken) return `It did not pass on correct code: ${verdict.reason}`;
  const caught = verdict.mutants.filter(({ outcome }) => outcome === 'killed').length;
  const all = verdict.mutants.length;
  const seconds = (verdict.timings.total / 1000).toFixed(1);
  const databases = `${run.variants.length} copies of the code, each with a PostgreSQL of its own, in ${seconds} s.`;
  const late = verdict.mutants.filter(({ outcome }) => outcome === 'timed-out').length;
  if (caught === 0 && late > 0) {
    return `It caught none of ${all} bugs, and ran out of time on ${late}, which shows nothing. ${databases} Run it again.`;
  }
  if (caught === 0) return `Green, and it caught none of ${all} bugs. ${databases} Now run the second test.`;
  return `Caught ${caught} of ${all} bugs. ${databases} The exercise is to catch the others.`;
}

function progress({ variants }: RunState): string {
  return `${variants.filter(({ state }) => state === 'finished').length} of ${variants.length}`;
}
