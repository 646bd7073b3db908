import { describe, expect, it } from 'vitest';
import { type Ledger, noteChanges, takeIn, unsent } from './reconcile.ts';

const [early, noon, late] = ['2026-03-01T08:00:00.000Z', '2026-03-01T12:00:00.000Z', '2026-03-01T20:00:00.000Z'];
const seen = (value: string | null, at = early, sent = true) => ({ value, at, sent });

describe('what changed here', () => {
  it('is what differs from what was last seen: new, changed and gone', () => {
    const ledger: Ledger = { 'read:a': seen('x'), 'read:b': seen('x'), 'read:c': seen('x') };
    const after = noteChanges({ 'read:a': 'x', 'read:b': 'y', 'read:d': 'z' }, ledger, noon);
    expect(unsent(after)).toEqual([
      { key: 'read:b', value: 'y', at: noon },
      { key: 'read:d', value: 'z', at: noon },
      { key: 'read:c', value: null, at: noon },
    ]);
    expect(after['read:a']).toEqual(seen('x'));
  });

  it('is nothing where nothing was ever kept', () => {
    expect(noteChanges({}, {}, noon)).toEqual({});
  });
});

describe('what the runner answers', () => {
  it('is taken where it is newer or only there, and leaves what is newer here', () => {
    const ledger = { 'read:a': seen('old'), 'read:b': seen('mine', late, false), 'read:c': seen('same') };
    const { writes, ledger: after } = takeIn(ledger, unsent(ledger), [
      { key: 'read:a', value: 'new', at: noon },
      { key: 'read:b', value: 'theirs', at: noon },
      { key: 'read:c', value: 'same', at: noon },
      { key: 'read:d', value: 'lost here', at: early },
    ]);
    expect(writes).toEqual({ 'read:a': 'new', 'read:d': 'lost here' });
    expect(unsent(after)).toEqual([]);
    expect(after['read:b']).toEqual(seen('mine', late));
  });

  it('leaves to be sent what did not fit, and what was changed here meanwhile', () => {
    const asked = { 'quiz:a': seen('one answer', early, false), 'read:b': seen('x', early, false) };
    const sent = unsent(asked).filter(({ key }) => key === 'quiz:a');
    const meanwhile = noteChanges({ 'quiz:a': 'two answers', 'read:b': 'x' }, asked, noon);
    const { writes, ledger } = takeIn(meanwhile, sent, sent);
    expect(writes).toEqual({});
    expect(unsent(ledger)).toEqual([
      { key: 'quiz:a', value: 'two answers', at: noon },
      { key: 'read:b', value: 'x', at: early },
    ]);
  });

  it('takes back what was taken back elsewhere, once', () => {
    const answer = [{ key: 'read:a', value: null, at: noon }];
    const first = takeIn({ 'read:a': seen('x') }, [], answer);
    expect(first.writes).toEqual({ 'read:a': null });
    expect(takeIn(first.ledger, [], answer).writes).toEqual({});
    expect(noteChanges({}, first.ledger, late)).toEqual(first.ledger);
  });
});
