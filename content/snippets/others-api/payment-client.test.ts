import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CardDeclined, OutcomeUnknown, PaymentClient, type PaymentSettings, RequestRefused } from './payment-client';
import { PaymentStandIn } from './payment-stand-in';

// #region setup
let payments: PaymentStandIn;
let pauses: number[];

beforeEach(async () => {
  payments = await PaymentStandIn.listen();
  pauses = [];
});

afterEach(async () => {
  await payments?.[Symbol.asyncDispose]();
});

function clientOf(settings: Partial<PaymentSettings> = {}): PaymentClient {
  const pause = async (ms: number) => {
    pauses.push(ms);
  };
  return new PaymentClient({ baseUrl: payments.url, token: 'secret', pause, ...settings });
}
// #endregion setup

// #region happy
it('sends what the service documents, and gives back the id', async () => {
  const charge = await clientOf().charge('order-1', 4_900);

  expect(charge.id).toBe(payments.charges[0]?.id);
  expect(payments.charges).toMatchObject([{ order: 'order-1', cents: 4_900 }]);
  expect(payments.requests).toMatchObject([
    {
      method: 'POST',
      path: '/charges',
      headers: { authorization: 'Bearer secret', 'content-type': 'application/json' },
    },
  ]);
});
// #endregion happy

// #region lost
describe.each(['charge, then cut the line', 'charge, then send half the answer'] as const)(
  'when they %s',
  (behaviour) => {
    it('charges an order once, even so', async () => {
      payments.next(behaviour);

      const charge = await clientOf().charge('order-1', 4_900);

      expect(payments.requests).toHaveLength(2);
      expect(payments.charges).toEqual([{ id: charge.id, order: 'order-1', cents: 4_900 }]);
    });
  },
);
// #endregion lost

// #region keys
it('charges two orders of the same amount twice', async () => {
  const client = clientOf();

  await client.charge('order-1', 4_900);
  await client.charge('order-2', 4_900);

  expect(payments.charges.map(({ order }) => order)).toEqual(['order-1', 'order-2']);
});
// #endregion keys

// #region busy
it('waits as long as a 429 asks, then tries again', async () => {
  payments.next({ status: 429, headers: { 'retry-after': '7' }, body: '{"error":"slow down"}' });

  await expect(clientOf().charge('order-1', 4_900)).resolves.toEqual({ id: 'ch_1' });
  expect(pauses).toEqual([7_000]);
});
// #endregion busy

// #region declined
it('does not try a declined card again', async () => {
  payments.next({ status: 402, body: '{"error":"card_declined"}' });

  await expect(clientOf().charge('order-1', 4_900)).rejects.toThrow(CardDeclined);
  expect(payments.requests).toHaveLength(1);
});
// #endregion declined

it('does not repeat a request that the service refuses', async () => {
  payments.next({ status: 401, body: '{"error":"unauthorised"}' });

  await expect(clientOf().charge('order-1', 4_900)).rejects.toThrow(RequestRefused);
  expect(payments.requests).toHaveLength(1);
});

// #region unknown
it.each([
  ['500', { status: 500, body: '{"error":"internal"}' }],
  ['a page of a proxy instead of JSON', { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Hi</h1>' }],
  ['JSON without an id', { status: 200, body: '{"status":"queued"}' }],
])('says that it does not know after three times %s', async (_, answer) => {
  payments.next(answer, answer, answer);

  await expect(clientOf().charge('order-1', 4_900)).rejects.toThrow(OutcomeUnknown);
  expect(payments.requests).toHaveLength(3);
});
// #endregion unknown

// #region deadline
it('gives up waiting at its deadline, and then does not know', async () => {
  payments.next('charge, then never answer');
  const deadline = new AbortController();
  const charging = clientOf({ attempts: 1, deadline: () => deadline.signal }).charge('order-1', 4_900);
  const outcome = expect(charging).rejects.toThrow(OutcomeUnknown);

  await vi.waitFor(() => expect(payments.charges).toHaveLength(1), { timeout: 10_000 });
  deadline.abort(new DOMException('too late', 'TimeoutError'));

  await outcome;
}, 30_000);
// #endregion deadline
