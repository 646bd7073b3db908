import { expect, it } from 'vitest';
import { amountDue } from './checkout';

// #region stubbed
it('adds the shipping', async () => {
  expect(await amountDue({ subtotal: async () => 40 }, 1)).toBe(45);
});

it('ships for free from 100 on', async () => {
  expect(await amountDue({ subtotal: async () => 100 }, 1)).toBe(100);
});
// #endregion stubbed
