import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const program = join(import.meta.dirname, 'pg_isready');

describe('pg_isready', () => {
  test('sends a startup packet that names user and database, and exits with 0 when asked for a password', async () => {
    await using server = await answering('R\0\0\0\x0c\0\0\0\x0a');
    expect(await isReady('-h', '127.0.0.1', '-p', server.port, '--username=ann', '-dshop')).toEqual({
      code: 0,
      output: `127.0.0.1:${server.port} - accepting connections\n`,
    });
    const packet = server.received();
    expect(packet.readUInt32BE(0)).toBe(packet.length);
    expect(packet.subarray(8).toString()).toBe('user\0ann\0database\0shop\0application_name\0pg_isready\0\0');
  });

  test.for([
    ['1 while the server starts', 'E\0\0\0\x20SFATAL\0C57P03\0Mstarting up\0\0', 1],
    ['0 for a server that is up and wants nobody', 'E\0\0\0\x20SFATAL\0C28000\0Mgo away\0\0', 0],
  ] as const)('exits with %s', async ([, answer, code]) => {
    await using server = await answering(answer);
    expect(await isReady('-q', '-h', '127.0.0.1', '-p', server.port)).toEqual({ code, output: '' });
  });

  test('exits with 2 where nobody listens, and with 3 for options that are none', async () => {
    const server = await answering('');
    await server[Symbol.asyncDispose]();
    expect(await isReady('-h', '127.0.0.1', '-p', server.port)).toMatchObject({ code: 2 });
    expect(await isReady('--nonsense')).toMatchObject({ code: 3 });
    expect(await isReady('-p', 'x')).toMatchObject({ code: 3 });
  });
});

async function answering(answer: string) {
  const chunks: Buffer[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      socket.end(answer, 'latin1');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: String((server.address() as AddressInfo).port),
    received: () => Buffer.concat(chunks),
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

function isReady(...args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = execFile(program, args, (_error, stdout) => resolve({ code: child.exitCode ?? -1, output: stdout }));
  });
}
