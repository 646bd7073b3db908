import { expect, it } from 'vitest';
import { SubmissionLine } from './submission-line.ts';

it('lets six to the store at once, and tells who waited too long', async () => {
  const line = new SubmissionLine(50);
  const { promise: open, resolve } = Promise.withResolvers<void>();
  let inside = 0;
  const submit = async () => {
    inside++;
    await open;
  };
  const first = Array.from({ length: 6 }, () => line.wait(submit));
  const late = line.wait(submit).catch((error) => error.code);
  await new Promise((done) => setTimeout(done, 60));
  expect(inside).toBe(6);
  resolve();
  expect(await late).toBe('store-unavailable');
  await Promise.all(first);
  await line.wait(submit);
  expect(inside).toBe(7);
});
