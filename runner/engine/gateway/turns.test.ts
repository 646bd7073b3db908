import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { Engine } from '../engine.ts';
import { PortPool } from '../ports.ts';
import { ServicePool } from '../service-pool.ts';
import { serveGateway } from './gateway.ts';
import { Turns, turnsOf } from './turns.ts';

const limits = { memoryBytes: 1, processes: 1, cpuSeconds: 1, files: 1, fileBytes: 1, tmpfsBytes: 1 };

test('a burst is served at once, what follows waits its turn, and what would wait too long is refused', () => {
  const turns = new Turns();
  for (let i = 0; i < 400; i++) expect(turns.take(1, 0)).toBe(0);
  expect(turns.take(1, 0)).toBe(5);
  expect(turns.take(998, 0)).toBe(4_995);
  expect(turns.take(2, 0)).toBeUndefined();
  // What was refused was not taken; time pays for what was.
  expect(turns.take(1, 0)).toBe(5_000);
  expect(turns.take(1, 60_000)).toBe(0);
});

test('a connection that sends on without reading is cut, others go on, and requests sent ahead are answered in order', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'boundary-turns-'));
  const path = join(folder, 'docker.sock');
  const listener = createServer().listen(path);
  await once(listener, 'listening');
  const engine = new Engine({
    resolveImage: () => undefined,
    offered: [],
    limits,
    maxContainers: 0,
    services: new ServicePool(0, limits),
    ports: new PortPool([]),
    onNotice: () => undefined,
    onFault: () => undefined,
  });
  const close = serveGateway(listener, engine);
  try {
    const statuses = async (text: string, at = path) => {
      const socket = connect(at);
      socket.on('error', () => socket.destroy());
      let heard = '';
      socket.on('data', (chunk) => {
        heard += chunk;
      });
      socket.end(text);
      await new Promise((resolve) => socket.once('close', resolve));
      return [...heard.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status);
    };
    const get = (target: string) => `GET ${target} HTTP/1.1\r\nhost: x\r\n\r\n`;
    const ahead = await statuses(get('/_ping').repeat(5_000));
    expect(ahead.length).toBeLessThanOrEqual(16);
    expect(await statuses(get('/_ping') + get('/nowhere') + get('/version'))).toEqual(['200', '404', '200']);
    // A second socket, as in Ryuk's container, brings no turns of its own.
    const other = createServer().listen(join(folder, 'ryuk.sock'));
    await once(other, 'listening');
    const taken = vi.spyOn(turnsOf(engine), 'take');
    const closeOther = serveGateway(other, engine);
    expect(await statuses(get('/_ping'), join(folder, 'ryuk.sock'))).toEqual(['200']);
    expect(taken).toHaveBeenCalledTimes(2);
    closeOther();
    other.close();
  } finally {
    close();
    listener.close();
    await rm(folder, { recursive: true });
  }
});
