/** What clients do that no browser does: half requests, storms of connections, floods of frames. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { problemSchema } from '../../protocol.ts';
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

/** A raw connection; from another address of the loopback where one is named. */
function open(localAddress?: string, at = server): Socket {
  const { hostname, port } = new URL(at.address);
  const socket = connect({
    host: hostname,
    port: Number(port),
    ...(localAddress === undefined ? {} : { localAddress }),
  });
  return socket.on('error', () => {});
}

/** What a raw connection that sends `text`, and then says that it is done, is told before it is closed. */
async function raw(text: string, from?: string, at = server): Promise<string> {
  const socket = open(from, at);
  socket.allowHalfOpen = true;
  let told = '';
  socket.setEncoding('latin1').on('data', (data) => {
    told += data;
  });
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

it.each([
  ['with a lone percent sign', '/%', 400],
  ['with half a letter', '/lessons/%E0%A4%A', 400],
  ['with bytes that are no UTF-8', '/api/exercises/%c0%af', 400],
  ['in its whole form, with a lone percent sign', 'http://localhost/%', 400],
  ['without a host', 'http:///#', 400],
  ['with a name of 2,000 letters', `/api/exercises/${'x'.repeat(2_000)}`, 404],
  ['with an id of 2,000 digits', `/api/runs/${'0'.repeat(2_000)}`, 404],
])(
  'an address %s is answered as every other mistake is, to a program and to a person',
  async (_what, address, status) => {
    const ask = (accept: string) => raw(`GET ${address} HTTP/1.1\r\nHost: localhost\r\nAccept: ${accept}\r\n\r\n`);
    const [told, shown] = [await ask('*/*'), await ask('text/html')];
    for (const answer of [told, shown]) {
      expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      for (const header of ['content-security-policy', 'x-content-type-options: nosniff', 'ratelimit-limit: ']) {
        expect(answer).toMatch(new RegExp(`^${header}`, 'im'));
      }
    }
    expect(problemSchema.parse(JSON.parse(told.split('\r\n\r\n')[1] ?? ''))).toMatchObject({ status });
    const isPage = !address.startsWith('/api/');
    expect(shown).toMatch(isPage ? /^content-type: text\/html/im : /^content-type: application\/problem\+json/im);
  },
);

it.each([
  ['headers that are too large', `GET /healthz HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 'headers-too-large'],
  ['noise', 'noise\r\n\r\n', 'request-malformed'],
])('%s are a problem too', async (_what, text, code) => {
  const [head = '', body = ''] = (await raw(text)).split('\r\n\r\n');
  const problem = problemSchema.parse(JSON.parse(body));
  expect(problem.code).toBe(code);
  expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${problem.status} `));
  expect(head).toMatch(/^content-type: application\/problem\+json/im);
});

const ping = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n';

it('requests that are sent a few ahead are answered, each in its turn', async () => {
  const ahead = ['/nowhere', '/healthz', '/api/exercises', '/healthz', '/api/progress', '/%'];
  const told = await raw(ahead.map((path) => ping.replace('/healthz', path)).join(''));
  expect([...told.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual([
    '404',
    '200',
    '200',
    '200',
    '200',
    '400',
  ]);
});

it('who floods a connection and reads nothing loses all of its address for a while, but for its streams; others are served', async () => {
  const flooder = '127.0.0.9';
  const learner = new Learner(server.address);
  const { id } = await learner.submit('hang');
  const stream = new WebSocket(`${server.address}/api/runs/${id}/events`.replace('http', 'ws'), {
    headers: { cookie: learner.cookie ?? '' },
    localAddress: flooder,
  });
  await once(stream, 'open');
  const idle = open(flooder).resume();
  await once(idle, 'connect');
  const flood = open(flooder);
  flood.write(ping.repeat(2_000));
  await Promise.all([closed(flood), closed(idle)]);
  expect(await raw(ping, flooder)).toBe('');
  expect((await fetch(`${server.address}/healthz`)).status).toBe(200);
  expect(stream.readyState).toBe(WebSocket.OPEN);
  await vi.waitUntil(async () => (await raw(ping, flooder)).startsWith('HTTP/1.1 200'), {
    timeout: 60_000,
    interval: 200,
  });
  await learner.post(`/api/runs/${id}/cancel`);
  expect((await once(stream, 'close'))[0]).toBe(1000);
}, 90_000);

it('one address has no more connections than it may, others are served, and a place that is left is taken', async () => {
  const crowd = '127.0.0.10';
  await using bounded = await startTestServer({ CONNECTIONS_PER_ADDRESS: '30' });
  const idle = Array.from({ length: 30 }, () => open(crowd, bounded).resume());
  await Promise.all(idle.map((socket) => once(socket, 'connect')));
  const answered = async () => (await raw(ping, crowd, bounded)).startsWith('HTTP/1.1 200');
  await vi.waitUntil(async () => !(await answered()), { timeout: 20_000 });
  expect((await fetch(`${bounded.address}/healthz`)).status).toBe(200);
  idle[0]?.destroy();
  await vi.waitUntil(answered, { timeout: 20_000 });
  for (const socket of idle) socket.destroy();
}, 60_000);

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
