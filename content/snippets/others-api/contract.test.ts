import { afterAll, describe, expect, it } from 'vitest';
import { PaymentStandIn } from './payment-stand-in';

const standIn = await PaymentStandIn.listen();
afterAll(() => standIn[Symbol.asyncDispose]());

// #region contract
const { PAYMENTS_SANDBOX_URL, PAYMENTS_SANDBOX_TOKEN = '' } = process.env;
const services = [
  { name: 'the stand-in', url: standIn.url, token: 'any' },
  ...(PAYMENTS_SANDBOX_URL
    ? [{ name: 'their sandbox', url: PAYMENTS_SANDBOX_URL, token: PAYMENTS_SANDBOX_TOKEN }]
    : []),
];

describe.each(services)('what we rely on, from $name', ({ url, token }) => {
  const post = (key: string) =>
    fetch(`${url}/charges`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ order: key, cents: 100 }),
    });

  it('answers a repeated key with the first charge', async () => {
    const key = crypto.randomUUID();

    const first = await post(key);
    const second = await post(key);

    expect([first.status, second.status]).toEqual([201, 201]);
    expect((await second.json()).id).toBe((await first.json()).id);
  });
});
// #endregion contract
