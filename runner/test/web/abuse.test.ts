/** What clients do that no browser does: half requests, storms of connections, floods of frames. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { Learner, startTestServer, submissionOf, type TestServer } from './test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** Unlike `once`, it does not mind an error before. */
function closed(socket: { once(event: 'close', listener: () => void): unknown }): Promise<void> {
  return new Promise((resolve) => socket.once('close', resolve));
}

/** What a raw connection that sends `text`, and then says that it is done, is told before it is closed. */
async function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(server.address);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  let told = '';
  socket.setEncoding('latin1').on('data', (data) => {
    told += data;
  });
  socket.on('error', () => {});
  socket.end(text);
  await closed(socket);
  return told;
}

async function openStreams(): Promise<number> {
  const metrics = await (await fetch(`${server.address}/metrics`)).text();
  return Number(/^boundary_event_streams (\d+)$/m.exec(metrics)?.[1]);
}

it.each([
  ['half a header', 'GET /healthz HTTP/1.1\r\nHost: loc', /^(HTTP\/1\.1 400|$)/],
  [
    'half a body',
    'POST /api/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"exer',
    /^(HTTP\/1\.1 400|$)/,
  ],
  [
    'two lengths',
    'POST /api/runs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\n\r\n',
    /^HTTP\/1\.1 400/,
  ],
  [
    'a header without end',
    `GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
    /^(HTTP\/1\.1 431|$)/,
  ],
  [
    'an upgrade to something else',
    'GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n',
    /^(?!HTTP\/1\.1 (101|5))/,
  ],
  ['noise', '\0\u0001\u0002 nonsense\r\n\r\n', /^HTTP\/1\.1 400/],
])('%s is answered with a 4xx or with the end, and nothing is left open', async (_what, text, told) => {
  expect(await raw(text)).toMatch(told);
  expect((await fetch(`${server.address}/healthz`)).status).toBe(200);
});

it('a storm of readers that come and vanish leaves no stream behind, and the run’s own reader misses nothing', async () => {
  const learner = new Learner(server.address);
  const { id } = await learner.submit('hang');
  const url = `${server.address}/api/runs/${id}/events`.replace('http', 'ws');
  const headers = { cookie: learner.cookie ?? '' };
  const reader = learner.follow(id);
  await Promise.all(
    Array.from({ length: 150 }, async (_, index) => {
      const socket = new WebSocket(url, { headers });
      socket.on('error', () => {});
      // Some vanish before they are answered, some right after.
      if (index % 3 === 0) socket.terminate();
      else socket.once('open', () => socket.terminate());
      await closed(socket);
    }),
  );
  await vi.waitUntil(async () => (await openStreams()) === 1, { timeout: 20_000, interval: 100 });
  await learner.post(`/api/runs/${id}/cancel`);
  const { code, events } = await reader;
  expect(code).toBe(1000);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, place) => place + 1));
  await vi.waitUntil(async () => (await openStreams()) === 0, { timeout: 20_000, interval: 100 });
});

it('a client that speaks into a stream is shown out: close code 1008', async () => {
  const learner = new Learner(server.address);
  const { id } = await learner.submit('hang');
  const url = `${server.address}/api/runs/${id}/events`.replace('http', 'ws');
  const socket = new WebSocket(url, { headers: { cookie: learner.cookie ?? '' } });
  socket.once('open', () => {
    for (let n = 0; n < 1_000; n++) socket.send(`{"type":"finished","outcome":"passed","seq":${n}}`);
  });
  const [code] = await once(socket, 'close');
  expect(code).toBe(1008);
  expect(await learner.run(id)).toMatchObject({ outcome: null });
  await learner.post(`/api/runs/${id}/cancel`);
});

it.each([
  ['deep nesting', `${'{"files":'.repeat(5_000)}1${'}'.repeat(5_000)}`],
  [
    'a hundred thousand files',
    JSON.stringify({
      ...submissionOf('pass'),
      files: Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [n, ''])),
    }),
  ],
  [
    'a name for a file that is a property of every object',
    JSON.stringify({ ...submissionOf('pass'), files: { constructor: '', 'a.ts': '' } }),
  ],
  [
    'keys that come twice',
    '{"exercise":"user-repository","exercise":"../../etc/passwd","language":"typescript","files":{}}',
  ],
])('a submission with %s is refused with a 4xx that explains itself', async (_what, body) => {
  const response = await new Learner(server.address).post('/api/runs', body);
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(response.status).toBeLessThan(500);
  expect((await response.json()).detail).toMatch(/\.$/);
});
