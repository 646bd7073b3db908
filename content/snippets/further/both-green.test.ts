import { expect, it } from 'vitest';
import { invoiceLine } from './consumer';
import { answer } from './provider';

// #region green
it('answers with the order', () => {
  // in the repository of the order service
  expect(JSON.parse(answer('A-17').body)).toEqual({ id: 'A-17', totalCents: 1990, currency: 'EUR' });
});

it('writes a line of the invoice', () => {
  // in the repository of the invoice service
  const stub = '{ "id": "A-17", "total_cents": 1990, "currency": "EUR" }';
  expect(invoiceLine(stub)).toBe('Order A-17: 19.90 EUR');
});
// #endregion green
