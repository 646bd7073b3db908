import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzBudget, fuzzTimeoutMs } from '../test/fuzz-budget.ts';
import { ContainerLog } from './container-log.ts';

function tail(chunks: readonly string[], lines: number): string {
  const log = new ContainerLog(1 << 20);
  for (const chunk of chunks) log.append('stdout', Buffer.from(chunk));
  const query = { stdout: true, stderr: true, since: 0, until: Number.POSITIVE_INFINITY, tail: lines };
  return Buffer.concat(log.select(query).map(({ bytes }) => bytes)).toString();
}

test(
  'the last lines are the same however the output was cut into chunks',
  () => {
    const chunk = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 6 });
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 8 }), fc.nat({ max: 8 }), (chunks, count) => {
        const lines = chunks.join('').match(/[^\n]*\n|[^\n]+$/g) ?? [];
        expect(tail(chunks, count)).toBe(count === 0 ? '' : lines.slice(-count).join(''));
      }),
      fuzzBudget,
    );
  },
  fuzzTimeoutMs,
);

test('a last line without its end counts', () => {
  expect(tail(['a\nb'], 1)).toBe('b');
});

test('a line that came in two chunks stays whole', () => {
  expect(tail(['a\nb', 'c\n'], 1)).toBe('bc\n');
});
