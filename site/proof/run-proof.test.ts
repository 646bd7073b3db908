import { describe, expect, it } from 'vitest';
import type { Frame } from '../workbench/run-state.ts';
import { Reading } from './run-proof.ts';

/** What is said last of these frames, and what stands under the table. */
function read(...bodies: object[]): { said: string; source: string } {
  const seen = { said: '', source: 'Recorded before.' };
  const source = {
    set textContent(text: string) {
      seen.source = text;
    },
  } as HTMLElement;
  const nothing = {} as HTMLElement;
  const reading = new Reading({
    say: (text) => {
      seen.said = text;
    },
    table: nothing,
    notes: nothing,
    source,
  });
  for (const [index, body] of bodies.entries()) reading.take({ seq: index + 1, at: '', ...body } as Frame);
  return seen;
}

const started = { type: 'started', engine: { node: '26', vitest: '5', backend: 'sandbox' } };
const cancelled = { type: 'finished', outcome: 'cancelled', reason: 'You cancelled it.' };
const verdict = {
  type: 'verdict',
  verdict: { outcome: 'passed', reason: '', partial: false, references: [], mutants: [], timings: { total: 1500 } },
};

describe('what a proof says at its end', () => {
  it('is why there is no verdict, whether or not it had begun', () => {
    expect(read(cancelled).said).toBe('You cancelled it.');
    expect(read(started, cancelled)).toEqual({ said: 'You cancelled it.', source: 'Recorded before.' });
    expect(read(started, { type: 'finished', outcome: 'runner-error' }).said).toContain('without a verdict');
  });

  it('is the verdict where there is one', () => {
    const { said } = read(started, verdict, { type: 'finished', outcome: 'passed', reason: 'All held.' });
    expect(said).toContain('Done in 1.5 s');
  });
});
