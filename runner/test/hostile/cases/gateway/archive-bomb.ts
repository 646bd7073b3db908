// outcome: passed failed

import { spawnSync } from 'node:child_process';
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

test('unpacks more than a container may hold', async () => {
  const bomb = spawnSync(
    'sh',
    ['-c', 'head -c 400000000 /dev/zero > /dev/shm/zero 2>/dev/null; tar -czf - -C /dev/shm zero; rm /dev/shm/zero'],
    { maxBuffer: 1 << 26 },
  ).stdout;
  const created = await call('POST', '/containers/create', {
    Image: 'postgres:16-alpine',
    Env: ['POSTGRES_PASSWORD=x'],
  });
  const { Id: id } = JSON.parse(created.text);
  const put = (path: string, archive: Buffer) =>
    new Promise<number>((resolve, reject) => {
      const asked = request(
        { socketPath: '/run/boundary/docker.sock', method: 'PUT', path: `/containers/${id}/archive?path=${path}` },
        (answer) => {
          answer.resume();
          answer.on('end', () => resolve(answer.statusCode ?? 0));
        },
      );
      asked.on('error', reject).end(archive);
    });
  for (let index = 0; index < 8; index++) expect(await put('/tmp', bomb)).toBeLessThan(500);
  expect(await put('/tmp', Buffer.from([0x1f, 0x8b, 1, 2, 3]))).toBe(400);
  expect(await put('/tmp', Buffer.alloc(0))).toBeLessThan(500);
  expect((await call('GET', '/_ping')).status).toBe(200);
}, 60000);
