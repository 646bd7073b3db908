import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { limitConnections } from './connections.ts';

let app: FastifyInstance;
let log: string[];
beforeEach(async () => {
  log = [];
  app = Fastify({
    forceCloseConnections: true,
    logger: { level: 'warn', stream: { write: (line: string) => log.push(JSON.parse(line).msg) } },
  });
  limitConnections(app, { connectionsPerAddress: 1, publicOrigin: undefined });
  app.get('/', async () => 'x');
  await app.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(() => app.close());

function open() {
  const { port } = app.server.address() as AddressInfo;
  return connect(port, '127.0.0.1')
    .on('error', () => {})
    .resume();
}

it('the log tells the keeper that an address is full, once for a whole storm', async () => {
  const first = open();
  await once(first, 'connect');
  await Promise.all([once(open(), 'close'), once(open(), 'close'), once(open(), 'close')]);
  expect(log).toEqual([expect.stringContaining('CONNECTIONS_PER_ADDRESS')]);
});

it('the log tells the keeper that an address was shut out', async () => {
  const flood = open();
  flood.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(2_000));
  await once(flood, 'close');
  expect(log).toEqual([expect.stringContaining('shut out')]);
});
