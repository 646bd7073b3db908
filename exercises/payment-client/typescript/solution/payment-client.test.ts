import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { PaymentClient } from './payment-client';

type Answer = (response: ServerResponse) => unknown;
type Heard = { line: string; headers: IncomingHttpHeaders; body: string };

const order = { cents: 500, currency: 'EUR' };
const paid = { id: 'c1', status: 'paid' };

/** An answer that is whole and at once. */
const json =
  (status: number, body: unknown): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

describe('PaymentClient', () => {
  const servers: Server[] = [];

  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  /** A client, and what its other side heard. Answers are given in turn, the last one from then on. */
  async function play(answers: Answer[], timeoutMs = 4000): Promise<{ client: PaymentClient; heard: Heard[] }> {
    const heard: Heard[] = [];
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      heard.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
      await answers[Math.min(heard.length, answers.length) - 1]?.(response);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return { client: new PaymentClient({ baseUrl: `http://127.0.0.1:${port}`, apiKey: 'secret', timeoutMs }), heard };
  }

  it('charges, and says who it is', async () => {
    const { client, heard } = await play([json(201, paid)]);
    expect(await client.charge(order)).toEqual(paid);
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatchObject({ line: 'POST /charges', headers: { authorization: 'Bearer secret' } });
    expect(JSON.parse(heard[0]?.body ?? '')).toEqual(order);
  });

  it('finds a charge, and says who it is', async () => {
    const { client, heard } = await play([json(200, paid)]);
    expect(await client.find('c1')).toEqual(paid);
    expect(heard[0]).toMatchObject({ line: 'GET /charges/c1', headers: { authorization: 'Bearer secret' } });
  });

  it('encodes an id', async () => {
    const { client, heard } = await play([json(200, paid)]);
    await client.find('a/b?c');
    expect(heard[0]?.line).toBe('GET /charges/a%2Fb%3Fc');
  });

  it('finds null where there is no such charge', async () => {
    const { client } = await play([json(404, { error: 'no such charge' })]);
    expect(await client.find('c9')).toBeNull();
  });

  it.each([
    [402, 'declined'],
    [429, 'rate-limited'],
    [500, 'unavailable'],
    [503, 'unavailable'],
  ])('rejects a charge that is answered with %d, and sends it once', async (status, code) => {
    const { client, heard } = await play([json(status, { error: 'no' }), json(201, paid)]);
    await expect(client.charge(order)).rejects.toMatchObject({ code });
    expect(heard).toHaveLength(1);
  });

  it('rejects a charge whose answer breaks off', async () => {
    const { client, heard } = await play([
      (response) => {
        response.writeHead(201, { 'content-type': 'application/json', 'content-length': 100 });
        response.write('{"id":"c1",', () => response.destroy());
      },
    ]);
    await expect(client.charge(order)).rejects.toMatchObject({ code: 'unavailable' });
    expect(heard).toHaveLength(1);
  });

  it('rejects a charge whose answer is half the JSON', async () => {
    const { client } = await play([(response) => response.writeHead(201).end('{"id":"c1",')]);
    await expect(client.charge(order)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('rejects when nobody listens', async () => {
    const { client } = await play([]);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    await expect(client.charge(order)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('does not wait for an answer that comes too late', async () => {
    const late: Answer = async (response) => {
      await delay(1500);
      json(201, paid)(response);
    };
    const { client, heard } = await play([late], 150);
    await expect(client.charge(order)).rejects.toMatchObject({ code: 'timeout' });
    expect(heard).toHaveLength(1);
  });

  it('does not wait for a body that comes too late', async () => {
    const slow: Answer = async (response) => {
      response.writeHead(201, { 'content-type': 'application/json' });
      response.write('{"id":"c1",');
      await delay(1500);
      response.end('"status":"paid"}');
    };
    const { client } = await play([slow], 150);
    await expect(client.charge(order)).rejects.toMatchObject({ code: 'timeout' });
  });

  it('asks again when finding fails', async () => {
    const { client, heard } = await play([json(503, {}), json(500, {}), json(200, paid)]);
    expect(await client.find('c1')).toEqual(paid);
    expect(heard).toHaveLength(3);
  });

  it('asks three times and no more', async () => {
    const { client, heard } = await play([json(503, {}), json(503, {}), json(503, {}), json(200, paid)]);
    await expect(client.find('c1')).rejects.toMatchObject({ code: 'unavailable' });
    expect(heard).toHaveLength(3);
  });
});
