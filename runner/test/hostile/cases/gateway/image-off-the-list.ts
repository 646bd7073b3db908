// outcome: passed

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

test('asks for images that are not offered', async () => {
  for (const Image of [
    'ubuntu:24.04',
    'postgres:9',
    '../../etc/passwd',
    'postgres:16-alpine/../x',
    '',
    'x'.repeat(10_000),
  ]) {
    const { status } = await call('POST', '/containers/create', { Image });
    if (status < 400) console.log(`LEAK: ${Image} was made`);
    expect(status).toBeGreaterThanOrEqual(400);
  }
  const pulled = await call('POST', '/images/create?fromImage=ubuntu&tag=24.04');
  expect(pulled.status >= 400 || pulled.text.includes('error')).toBe(true);
});
