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

test('asks for what would open the host', async () => {
  const wishes = [
    { Privileged: true },
    { Binds: ['/:/host'] },
    { Binds: ['/var/run/docker.sock:/var/run/docker.sock'] },
    { Mounts: [{ Type: 'bind', Source: '/', Target: '/host' }] },
    { NetworkMode: 'host' },
    { PidMode: 'host' },
    { IpcMode: 'host' },
    { UTSMode: 'host' },
    { UsernsMode: 'host' },
    { CgroupnsMode: 'host' },
    { Devices: [{ PathOnHost: '/dev/sda', PathInContainer: '/dev/sda', CgroupPermissions: 'rwm' }] },
    { CapAdd: ['SYS_ADMIN'] },
    { SecurityOpt: ['seccomp=unconfined'] },
    { PidMode: 'container:1' },
    { VolumesFrom: ['another'] },
  ];
  for (const HostConfig of wishes) {
    const { status, text } = await call('POST', '/containers/create', { Image: 'postgres:16-alpine', HostConfig });
    if (status < 400) console.log(`LEAK: ${JSON.stringify(HostConfig)} was granted`);
    expect(status, JSON.stringify(HostConfig)).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(JSON.parse(text).message.length).toBeGreaterThan(20);
  }
});
