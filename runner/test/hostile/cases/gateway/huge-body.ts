// outcome: passed failed

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

test('sends a body of two hundred megabytes', async () => {
  const answer = await new Promise<string>((resolve) => {
    const socket = connect('/run/boundary/docker.sock');
    socket
      .on('error', ({ message }) => resolve(message))
      .on('data', (data) => resolve(String(data).slice(0, 12)))
      .on('close', () => resolve('closed'));
    socket.write(
      'POST /containers/create HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 209715200\r\n\r\n',
    );
    let sent = 0;
    const more = () => {
      while (sent < 200 && !socket.destroyed) {
        sent++;
        if (!socket.write(Buffer.alloc(1 << 20, 32))) return void socket.once('drain', more);
      }
    };
    more();
  });
  console.log(answer);
  expect((await call('GET', '/_ping')).status).toBe(200);
}, 60000);
