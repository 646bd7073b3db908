// outcome: passed

import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
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

test('unpacks names, links and devices that lead out of the folder', async () => {
  mkdirSync('/tmp/evil');
  symlinkSync('HOST_FILE', '/tmp/evil/link');
  symlinkSync('/', '/tmp/evil/root');
  writeFileSync('/tmp/evil/file', 'changed');
  const tar = (...args: string[]) =>
    spawnSync('tar', ['-cPf', '-', '-C', '/tmp/evil', ...args], { maxBuffer: 1 << 24 }).stdout;
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
  const archives = [
    tar('link', 'root'),
    tar('--transform=s#file#../../../../../HOST_FILE#', 'file'),
    tar('--transform=s#^file#root/HOST_FILE#', 'root', 'file'),
    tar('--transform=s#^file#link#', 'link', 'file'),
    tar('--transform=s#^file#/proc/1/environ#', 'file'),
    tar('/dev/null', '/dev/zero'),
  ];
  for (const archive of archives) expect(await put('/tmp', archive)).toBeLessThan(500);
  for (const path of ['HOST_FILE', '/tmp/root/HOST_FILE', '/tmp/link']) {
    const { status, text } = await call('GET', `/containers/${id}/archive?path=${path}`);
    // Were it the host's file, its secret would be printed now.
    if (status === 200) console.log(text);
    expect(status).toBeLessThan(500);
  }
}, 60000);
