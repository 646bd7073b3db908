// outcome: passed failed

import { request } from 'node:http';
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

test('sends ten megabytes of headers', async () => {
  const answer = await call('GET', '/info', undefined, { 'x-long': 'x'.repeat(10 << 20) }).catch(({ message }) => ({
    status: 0,
    text: String(message),
  }));
  expect(answer.status === 0 || answer.status >= 400).toBe(true);
  expect((await call('GET', '/_ping')).status).toBe(200);
});
