import { expect, it } from 'vitest';
import { answer } from './provider';

// #region contract
/** Written by the invoice service, verified in the build of the order service. It lists what is read, and no more. */
const contract = { id: expect.any(String), total_cents: expect.any(Number), currency: expect.any(String) };

it('answers with what the invoice service reads', () => {
  expect(JSON.parse(answer('A-17').body)).toMatchObject(contract); // total_cents is missing
});
// #endregion contract
