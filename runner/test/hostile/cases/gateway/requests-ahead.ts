// outcome: passed failed timed-out

import { connect } from 'node:net';
import { expect, test } from 'vitest';

test('sends requests by the thousand and reads no answer', async () => {
  const many = 'GET /_ping HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(500);
  const until = Date.now() + 3_000;
  let cut = 0;
  const client = async () => {
    while (Date.now() < until) {
      await new Promise<void>((resolve) => {
        const socket = connect('/run/boundary/docker.sock');
        const send = () => {
          if (Date.now() > until) socket.destroy();
          else if (socket.write(many)) setImmediate(send);
          else socket.once('drain', send);
        };
        socket
          .on('error', () => undefined)
          .once('connect', send)
          .once('close', () => {
            cut += 1;
            resolve();
          });
      });
    }
  };
  await Promise.all(Array.from({ length: 50 }, client));
  expect(cut).toBeGreaterThan(50);
});
