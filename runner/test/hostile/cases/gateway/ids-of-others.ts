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

test('asks for containers that are not its own', async () => {
  const ids = ['HOST_CONTAINER', '1', '../1', 'a'.repeat(64), '%2e%2e', '__proto__', 'constructor'];
  for (const id of ids) {
    for (const [method, path] of [
      ['GET', 'json'],
      ['POST', 'start'],
      ['GET', 'logs?stdout=1'],
      ['DELETE', ''],
      ['POST', 'exec'],
      ['GET', 'archive?path=/'],
    ] as const) {
      const { status } = await call(method, `/containers/${id}/${path}`, method === 'POST' ? {} : undefined);
      if (status < 400) console.log(`LEAK: ${method} ${id}/${path} answered ${status}`);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
  }
  expect(JSON.parse((await call('GET', '/containers/json?all=1')).text)).toEqual([]);
});
