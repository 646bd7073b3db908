import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fuzzBudget, fuzzTimeoutMs } from '../../test/fuzz-budget.ts';
import { Engine } from '../engine.ts';
import { PortPool } from '../ports.ts';
import { ServicePool } from '../service-pool.ts';
import { serveGateway } from './gateway.ts';

const limits = { memoryBytes: 1, processes: 1, cpuSeconds: 1, files: 1, fileBytes: 1, tmpfsBytes: 1 };
let folder: string;
let socketPath: string;
let listener: Server;
let close: () => void;
const faults: Error[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boundary-fuzz-'));
  socketPath = join(folder, 'docker.sock');
  listener = createServer().listen(socketPath);
  await once(listener, 'listening');
  const engine = new Engine({
    resolveImage: () => undefined,
    offered: [],
    limits,
    maxContainers: 0,
    services: new ServicePool(0, limits),
    ports: new PortPool([]),
    onNotice: () => undefined,
    onFault: (error) => faults.push(error),
  });
  close = serveGateway(listener, engine);
});

afterAll(async () => {
  close();
  listener.close();
  await rm(folder, { recursive: true });
});

/** Sends bytes in pieces and resolves with all that was said until the other side had enough. */
async function exchange(pieces: readonly string[], abrupt: boolean): Promise<string> {
  const socket = connect(socketPath);
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk.toString('latin1');
  });
  socket.on('error', () => socket.destroy());
  await once(socket, 'connect');
  for (const piece of pieces) {
    if (socket.writable) await new Promise<void>((resolve) => socket.write(piece, 'latin1', () => resolve()));
  }
  if (abrupt) socket.destroy();
  else socket.end();
  if (!socket.closed) await once(socket, 'close');
  return heard;
}

/** The status of each answer; bodies of ours begin with no status line. */
const statuses = (heard: string) => [...heard.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

async function ping(): Promise<number | undefined> {
  const [answer] = await once(request({ socketPath, path: '/_ping', agent: false }).end(), 'response');
  answer.resume();
  return answer.statusCode;
}

const segment = fc.oneof(
  fc.constantFrom(
    'containers',
    'json',
    'create',
    'exec',
    'start',
    'archive',
    'networks',
    'images',
    'v1.44',
    '..',
    '%2e',
    '%zz',
  ),
  fc.string({ maxLength: 6 }).map(encodeURIComponent),
);
const target = fc.tuple(
  fc.array(segment, { maxLength: 4 }),
  fc.constantFrom('', '?limit=-1', '?filters=%7B', '?path=/&all=1'),
);
const header = fc.constantFrom(
  'content-length: 5',
  'content-length: 99999999999',
  'content-length: -1',
  'transfer-encoding: chunked',
  'transfer-encoding: gzip, chunked',
  'expect: 100-continue',
  'connection: close',
  'connection: upgrade\r\nupgrade: tcp',
  'upgrade: h2c',
  'host: x',
  'x: \0',
  ': nothing',
);
const body = fc.oneof(
  fc.constantFrom(
    '',
    '{}',
    '{"Name":"n"}',
    '5\r\nhello\r\n0\r\n\r\n',
    'ffffffffff\r\n',
    'zz\r\n',
    '5\r\nhel',
    '0\r\n\r\n\0',
  ),
  fc.string({ maxLength: 30 }),
);
const message = fc
  .tuple(
    fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'BREW', ''),
    target,
    fc.array(header, { maxLength: 3 }),
    body,
  )
  .map(
    ([method, [path, query], headers, content]) =>
      `${method} /${path.join('/')}${query} HTTP/1.1\r\n${headers.map((line) => `${line}\r\n`).join('')}\r\n${content}`,
  );

// Each of these has once ended more than its own connection.
test.each([
  [
    'an upgrade with a body, by somebody who goes away',
    'POST /v1.44/ HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: tcp\r\ncontent-length: 5\r\n\r\nab',
  ],
])('%s ends its own connection alone', async (_, text) => {
  for (let round = 0; round < 20; round++) await exchange([text], true);
  expect(await ping()).toBe(200);
});

test(
  'whatever is sent over the socket, pipelined, cut or half-open, is answered or refused, and the next client is served',
  async () => {
    const pieces = fc.array(fc.oneof(message, fc.string({ maxLength: 20 })), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(pieces, fc.boolean(), async (sent, abrupt) => {
        for (const status of statuses(await exchange(sent, abrupt))) expect(status).toBeLessThan(500);
        expect(await ping()).toBe(200);
      }),
      fuzzBudget,
    );
    expect(faults).toEqual([]);
  },
  fuzzTimeoutMs,
);
