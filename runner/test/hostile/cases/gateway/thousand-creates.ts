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

test('makes containers until it is told to stop', async () => {
  let made = 0;
  let refusal = '';
  for (let index = 0; index < 1000 && refusal === ''; index++) {
    const { status, text } = await call('POST', '/containers/create', { Image: 'postgres:16-alpine' });
    if (status === 201) made++;
    else refusal = text;
  }
  if (made > 100) console.log(`LEAK: ${made} containers`);
  expect(refusal).not.toBe('');
}, 60000);
