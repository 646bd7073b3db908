import { describe, expect, it } from 'vitest';
import { readProgressFile, writeProgressFile } from './progress-file.ts';

const entries = { 'boundary:read:first-container': '2026-01-01T00:00:00.000Z', 'boundary:theme': 'dark' };

describe('a file of progress', () => {
  it('holds what was written into it', () => {
    expect(readProgressFile(writeProgressFile(entries))).toEqual({ entries });
  });

  it('leaves runs out: their keys are for this browser alone', () => {
    const file = writeProgressFile({ ...entries, 'boundary:run:user-repository:typescript': '{"key":"secret"}' });
    expect(file).not.toContain('secret');
    expect(readProgressFile(file)).toEqual({ entries });
  });

  it.for([
    ['{', 'is not JSON'],
    ['null', 'no progress'],
    ['{"format":"other"}', 'no progress'],
    ['{"format":"boundary-progress","version":2,"entries":{}}', 'another version'],
    ['{"format":"boundary-progress","version":1}', 'entries are missing'],
    ['{"format":"boundary-progress","version":1,"entries":{"token":"x"}}', 'never wrote'],
    ['{"format":"boundary-progress","version":1,"entries":{"boundary:theme":1}}', 'never wrote'],
  ] as const)('is refused with the reason where it reads %s', ([text, reason]) => {
    expect(readProgressFile(text)).toEqual({ problem: expect.stringContaining(reason) });
  });
});
