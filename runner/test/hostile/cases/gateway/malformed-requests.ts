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

test('sends what no request is', async () => {
  const texts = [
    '\0\0\0\0\r\n\r\n',
    'GET\r\n\r\n',
    'POST /containers/create HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\nnonsense\r\n',
    'POST /containers/create HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n',
    'POST /containers/create HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n',
    'GET http://169.254.169.254/ HTTP/1.1\r\nhost: 169.254.169.254\r\n\r\n',
    'CONNECT 127.0.0.1:22 HTTP/1.1\r\nhost: x\r\n\r\n',
    `GET /${'a/'.repeat(5000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
  ];
  for (const text of texts) {
    const said = await new Promise<string>((resolve) => {
      const socket = connect('/run/boundary/docker.sock', () => socket.write(text));
      socket.setTimeout(1000, () => resolve('silence'));
      socket
        .on('data', (data) => resolve(String(data)))
        .on('error', ({ message }) => resolve(message))
        .on('close', () => resolve('closed'));
    });
    if (/^HTTP\/1.1 2/.test(said)) console.log(`LEAK: ${JSON.stringify(text.slice(0, 60))} was answered ${said}`);
  }
  for (const body of [
    '{',
    '[]',
    'null',
    '"x"',
    `${'['.repeat(100_000)}`,
    '{"Image":{"a":1}}',
    '{"__proto__":{"Image":"postgres:16"}}',
  ]) {
    const status = await new Promise<number>((resolve, reject) => {
      const asked = request(
        {
          socketPath: '/run/boundary/docker.sock',
          method: 'POST',
          path: '/containers/create',
          headers: { 'content-type': 'application/json' },
        },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        },
      );
      asked.on('error', reject).end(body);
    });
    expect(status, body.slice(0, 40)).toBeGreaterThanOrEqual(400);
    expect(status, body.slice(0, 40)).toBeLessThan(500);
  }
  expect((await call('GET', '/_ping')).status).toBe(200);
}, 60000);
