import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { PaymentClient } from './payment-client';

describe('PaymentClient', () => {
  let server: Server | undefined;

  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  /** A client whose other side answers as you say. */
  async function clientOf(answer: RequestListener): Promise<PaymentClient> {
    const started = createServer(answer);
    server = started;
    await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
    const { port } = started.address() as AddressInfo;
    return new PaymentClient({ baseUrl: `http://127.0.0.1:${port}`, apiKey: 'secret', timeoutMs: 2000 });
  }

  it('charges', async () => {
    const client = await clientOf((_request, response) => {
      response.writeHead(201, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ id: 'c1', status: 'paid' }));
    });

    expect(await client.charge({ cents: 500, currency: 'EUR' })).toEqual({ id: 'c1', status: 'paid' });
  });

  // A good day. What is a bad one: for the customer, and for the shop?
});
