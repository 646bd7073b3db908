// outcome: passed failed timed-out

import { request } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from 'vitest';

function call(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? '' : JSON.stringify(body);
    const asked = request(
      {
        socketPath: '/run/boundary/docker.sock',
        method,
        path,
        headers: { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)), ...headers },
      },
      (answer) => {
        let said = '';
        answer.on('data', (chunk) => {
          said += chunk;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: said }));
      },
    );
    asked.on('error', reject);
    asked.end(text);
  });
}

test('asks for much and reads nothing', async () => {
  const sockets = Array.from({ length: 50 }, () => {
    const socket = connect('/run/boundary/docker.sock');
    socket.on('error', () => {});
    socket.pause();
    socket.write('GET /info HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(2000));
    return socket;
  });
  expect((await call('GET', '/_ping')).status).toBe(200);
  for (const socket of sockets) socket.destroy();
}, 60000);
