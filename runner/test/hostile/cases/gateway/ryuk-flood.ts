// outcome: passed

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { GenericContainer, Wait } from 'testcontainers';
import { expect, test } from 'vitest';

test('opens connections to Ryuk by the dozen, ends no line, and reads no answer', async () => {
  const ryuk = await new GenericContainer('testcontainers/ryuk:0.14.0')
    .withBindMounts([{ source: '/var/run/docker.sock', target: '/var/run/docker.sock' }])
    .withExposedPorts(8080)
    .withWaitStrategy(Wait.forLogMessage('Started'))
    .start();
  const open = () => connect(ryuk.getMappedPort(8080), ryuk.getHost()).on('error', () => {});
  const until = Date.now() + 1_000;
  const floods = ['label=endless'.repeat(5_000), 'label=unread\n'.repeat(5_000), '\n'.repeat(60_000)];
  const sockets: Socket[] = [];
  const flood = (text: string) =>
    new Promise<void>((resolve) => {
      const socket = open();
      sockets.push(socket);
      const send = () => {
        if (Date.now() > until) socket.destroy();
        else if (socket.write(text)) setImmediate(send);
        else socket.once('drain', send);
      };
      socket.once('connect', send).once('close', () => resolve());
      setTimeout(() => socket.destroy(), 1_500);
    });
  await Promise.all(Array.from({ length: 60 }, (_, n) => flood(floods[n % floods.length] ?? '')));
  const honest = open();
  honest.write('label=honest\n');
  expect(String((await once(honest, 'data'))[0])).toBe('ACK\n');
  honest.destroy();
}, 80_000);
