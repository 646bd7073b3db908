import { expect, it } from 'vitest';
import { FakeCustomerStore } from './customers';
import { prorated } from './prorate';

// #region with-fake
it('bills everybody but trials', async () => {
  const customers = new FakeCustomerStore([
    { id: 1, plan: 'team' },
    { id: 2, plan: 'trial' },
    { id: 3, plan: null }, // from before there were plans
  ]);

  expect((await customers.billable()).map(({ id }) => id)).toEqual([1, 3]);
});
// #endregion with-fake

// #region prorated
it.each([
  ['the first day', '2026-06-01', 3_000],
  ['the last day', '2026-06-30', 100],
  ['the sixteenth of thirty', '2026-06-16', 1_500],
  ['the last of 31 days', '2026-07-31', 97],
  ['the last day of February', '2026-02-28', 107],
  ['the last day of a longer February', '2028-02-29', 103],
  ['the last day of a year', '2026-12-31', 97],
])('bills from %s on', (_, day, cents) => {
  expect(prorated(3_000, new Date(day), new Date(day))).toBe(cents);
});

it('is the whole price in every later month', () => {
  expect(prorated(3_000, new Date('2026-06-16'), new Date('2026-07-01'))).toBe(3_000);
  expect(prorated(3_000, new Date('2026-06-16'), new Date('2027-06-20'))).toBe(3_000);
});
// #endregion prorated
