import { describe, expect, it } from 'vitest';
import { parseFrame } from './parse-frame.ts';

const at = '2026-01-01T00:00:00.000Z';
const frame = (body: object) => JSON.stringify({ seq: 1, at, ...body });

describe('parseFrame', () => {
  it('reads an event', () => {
    expect(parseFrame(frame({ type: 'queued', position: 0 }))).toEqual({ seq: 1, at, type: 'queued', position: 0 });
  });

  it.each([undefined, new Blob(), '', 'nonsense', '[]', '{}', '{"seq":"1","at":"x","type":"queued"}'])(
    'takes %j for no event',
    (text) => {
      expect(parseFrame(text)).toBeNull();
    },
  );

  it.each([
    { type: 'from-the-future' },
    { type: 'constructor' },
    { type: 'test', variant: 'a', name: 7, outcome: 'passed', ms: 1 },
    { type: 'verdict', verdict: { outcome: 'passed' } },
  ])('keeps the place of %j without believing the rest', (body) => {
    expect(parseFrame(frame(body))).toEqual({ seq: 1, at, type: 'unknown' });
  });
});
