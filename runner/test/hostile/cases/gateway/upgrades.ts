// outcome: passed

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

test('asks for a bare connection where there is none', async () => {
  const paths = [
    '/exec/deadbeef/start',
    '/containers/json',
    '/containers/x/attach',
    '/session',
    '/grpc',
    '/exec/..%2f..%2f/start',
    '/exec/%zz/start',
  ];
  for (const path of paths) {
    const said = await new Promise<string>((resolve) => {
      const socket = connect('/run/boundary/docker.sock', () =>
        socket.write(
          `POST ${path} HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: tcp\r\ncontent-length: 2\r\n\r\n{}`,
        ),
      );
      socket.setTimeout(2000, () => resolve('silence'));
      socket
        .on('data', (data) => resolve(String(data)))
        .on('error', ({ message }) => resolve(message))
        .on('close', () => resolve('closed'));
    });
    expect(said, path).toMatch(/^HTTP\/1.1 4/);
  }
  expect((await call('GET', '/_ping')).status).toBe(200);
}, 60000);
