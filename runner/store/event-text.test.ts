import { expect, it } from 'vitest';
import type { EventBody } from '../protocol.ts';
import { longestText, storable } from './event-text.ts';

it('replaces what jsonb refuses, also deep inside', () => {
  const event = storable({
    type: 'test',
    variant: 'r1',
    name: 'a\0',
    outcome: 'failed',
    ms: 1,
    error: { message: 'b\uD800', expected: '\0\0' },
  });
  expect(event).toMatchObject({ name: 'a\uFFFD', error: { message: 'b\uFFFD', expected: '\uFFFD\uFFFD' } });
});

it('cuts text that is far too long, and says how much is gone', () => {
  const event = storable({ type: 'output', variant: 'r1', stream: 'stdout', text: 'x'.repeat(longestText + 9) });
  expect(event).toMatchObject({ text: `${'x'.repeat(longestText)}… (9 more)` });
});

it('leaves the text well-formed where it cuts', () => {
  const event = storable({ type: 'output', variant: 'r1', stream: 'stdout', text: `x${'😀'.repeat(longestText)}` });
  if (event.type !== 'output') throw new Error('unreachable');
  expect(event.text.isWellFormed()).toBe(true);
});

it('refuses what is no event: that is a fault of the runner', () => {
  expect(() => storable({ type: 'applause' } as unknown as EventBody)).toThrow();
});
