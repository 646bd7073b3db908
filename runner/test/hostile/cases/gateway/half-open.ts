// outcome: passed failed

import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
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

test('opens connections and leaves them open', async () => {
  const sockets: Socket[] = [];
  for (let index = 0; index < 150; index++) {
    const socket = connect('/run/boundary/docker.sock');
    socket.on('error', () => {});
    socket.write('POST /containers/create HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{');
    sockets.push(socket);
  }
  expect((await call('GET', '/_ping')).status).toBe(200);
  for (const socket of sockets) socket.destroy();
}, 60000);
