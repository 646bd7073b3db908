import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzBudget, fuzzTimeoutMs } from '../test/fuzz-budget.ts';
import { readFrames } from './frames.ts';

const maxBytes = 40;

/** What comes of bytes that arrive in pieces of these sizes: the values, and how often they were called none. */
function outcomeOf(bytes: Buffer, sizes: readonly number[]): { values: unknown[]; faults: number } {
  const stream = new PassThrough();
  const values: unknown[] = [];
  let faults = 0;
  readFrames(
    stream,
    maxBytes,
    (value) => values.push(value),
    () => faults++,
  );
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    if (at < bytes.length) stream.emit('data', bytes.subarray(at, at + size + 1));
    at += size + 1;
  }
  return { values, faults };
}

test(
  'frames are the same however their bytes are cut, and nothing is read after the first that is none',
  () => {
    const line = fc.oneof(
      fc.jsonValue({ maxDepth: 1 }).map((value) => JSON.stringify(value)),
      fc.string({ unit: fc.constantFrom('{', '}', '"', '0', '\0', 'é', ' ') }),
      fc.nat(2 * maxBytes).map((length) => `"${'x'.repeat(length)}"`),
    );
    const text = fc.tuple(fc.array(line, { maxLength: 6 }), fc.boolean());
    fc.assert(
      fc.property(text, fc.array(fc.nat(20), { maxLength: 20 }), ([lines, ended], sizes) => {
        const bytes = Buffer.from(lines.join('\n') + (ended ? '\n' : ''));
        const { values, faults } = outcomeOf(bytes, sizes);
        expect({ values, faults }).toEqual(outcomeOf(bytes, []));
        expect(faults).toBeLessThanOrEqual(1);
        const complete = ended ? lines : lines.slice(0, -1);
        const good = complete.findIndex((one) => Buffer.byteLength(one) > maxBytes || !isJson(one));
        expect(values).toEqual(complete.slice(0, good === -1 ? undefined : good).map((one) => JSON.parse(one)));
      }),
      fuzzBudget,
    );
  },
  fuzzTimeoutMs,
);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
