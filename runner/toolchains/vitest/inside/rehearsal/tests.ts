/**
 * Run by every warm sandbox before there is anything of a learner's, for what it leaves compiled: what most submissions
 * use of Vitest, failures among it. Nobody is told of its results.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Subject } from './subject.ts';

let subject: Subject;

beforeAll(async () => {
  subject = new Subject();
}, 60_000);
beforeEach(async () => undefined);
afterAll(async () => undefined);

describe('a rehearsal', () => {
  it('passes', async () => {
    const { id } = await subject.create({ id: 'a', name: 'Ada' });
    expect(await subject.find(id)).toEqual({ id: 'a', name: 'Ada' });
    expect(await subject.find('b')).toBeNull();
    await expect(subject.create({ id: 'a', name: 'Ada' })).rejects.toThrow('exists');
  });
  it('fails with a difference', async () => {
    expect(await subject.find('a')).toMatchObject({ id: 'a', name: 'Grace' });
  });
  it('fails with an error', async () => {
    await subject.create({ id: 'a', name: 'Ada' });
  });
});
