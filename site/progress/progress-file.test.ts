import { describe, expect, it } from 'vitest';
import { addedTo, readProgressFile, writeProgressFile } from './progress-file.ts';

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
    ['{"format":"boundary-progress","version":1,"entries":{"boundary:run:a:typescript":"{}"}}', 'never wrote'],
    ['{"format":"boundary-progress","version":1,"entries":{"boundary:synced":"{}"}}', 'never wrote'],
  ] as const)('is refused with the reason where it reads %s', ([text, reason]) => {
    expect(readProgressFile(text)).toEqual({ problem: expect.stringContaining(reason) });
  });
});

describe('an import', () => {
  it('adds what is not here, and leaves a test that is being written as it is', () => {
    const here = { 'boundary:draft:a:typescript': 'mine', 'boundary:theme': 'light' };
    const file = { ...entries, 'boundary:draft:a:typescript': 'theirs', 'boundary:draft:b:typescript': 'theirs' };
    expect(addedTo(here, file)).toEqual({
      'boundary:read:first-container': '2026-01-01T00:00:00.000Z',
      'boundary:draft:b:typescript': 'theirs',
    });
  });

  it('brings the answers to a quiz together, this browser’s first', () => {
    const key = 'boundary:quiz:first-container';
    expect(addedTo({ [key]: '{"q1":[0]}' }, { [key]: '{"q1":[1],"q2":[2]}' })).toEqual({
      [key]: '{"q1":[0],"q2":[2]}',
    });
  });
});
