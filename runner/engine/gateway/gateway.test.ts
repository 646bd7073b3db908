import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { PostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { Wait } from 'testcontainers';
import { describe, expect, test } from 'vitest';
import { api, folder, images, query, services, setUpEngine } from '../engine-fixture.ts';

setUpEngine();

/** A tar archive of one small file under each of these names, whatever they are. */
async function archiveOf(names: readonly string[]): Promise<Buffer> {
  await writeFile(join(folder, 'content'), 'changed');
  return Buffer.concat(
    names
      .map((name) =>
        execFileSync('tar', ['-cPf', '-', '-C', folder, `--transform=s#.*#${name}#`, 'content']).subarray(0, 1024),
      )
      .concat(Buffer.alloc(1024)),
  );
}

describe('files', () => {
  test('are put into a container before its start and while it runs, and read back', async () => {
    await using container = await new PostgreSqlContainer('postgres:16-alpine')
      .withCopyContentToContainer([
        { content: 'before', target: '/opt/boundary/early.txt', mode: 0o640 },
        { content: '#!/bin/sh\necho ran', target: '/usr/local/bin/greet', mode: 0o755 },
      ])
      .start();
    expect(await container.exec(['cat', '/opt/boundary/early.txt'])).toMatchObject({ output: 'before', exitCode: 0 });
    expect(await container.exec(['greet'])).toMatchObject({ output: 'ran\n' });
    expect((await container.exec(['stat', '-c', '%a', '/opt/boundary/early.txt'])).output).toBe('640\n');

    await container.copyContentToContainer([{ content: 'x'.repeat(3 << 20), target: '/tmp/large.txt' }]);
    expect((await container.exec(['wc', '-c', '/tmp/large.txt'])).output).toBe(`${3 << 20} /tmp/large.txt\n`);
    const archive = await container.copyArchiveFromContainer('/opt/boundary');
    const bytes = await buffer(archive);
    expect(bytes.toString('latin1')).toContain('boundary/early.txt');
    expect(bytes.toString('latin1')).toContain('before');
  });

  test('are refused where none can be, and not found where none are, in words that say so', async () => {
    await using container = await new PostgreSqlContainer('postgres:16-alpine').start();
    const put = (target: string) => container.copyContentToContainer([{ content: 'x', target }]);
    await expect(put('/usr/share/boundary.txt')).rejects.toThrow(/cannot be written to.*\/tmp/s);
    await expect(container.copyArchiveFromContainer('/no/such/file')).rejects.toThrow(/Could not find the file/);
    const id = container.getId();
    const send = (path: string, body: string) => api('PUT', `/containers/${id}/archive?path=${path}`, body);
    expect(await send('/no/such/folder', '')).toMatchObject({ status: 404 });
    expect(await send('/tmp', 'this is no archive')).toMatchObject({ status: 400 });
    expect(await send('', '')).toMatchObject({ status: 400 });
  });

  test('in an archive that would lead out of its folder stay in the container, and of the host nothing changes', async () => {
    await using container = await new PostgreSqlContainer('postgres:16-alpine').start();
    const canary = join(folder, 'canary');
    await writeFile(canary, 'untouched');
    const evil: Buffer = await archiveOf([`../../../..${canary}`, '/etc/../../escaped', 'plain']);
    await api('PUT', `/containers/${container.getId()}/archive?path=/tmp`, evil);
    expect(await readFile(canary, 'utf8')).toBe('untouched');
    expect(await container.exec(['cat', '/proc/mounts'])).toMatchObject({ exitCode: 0 });
  });

  test.runIf(existsSync('/usr/bin/psql'))('in the folder for it are run once, before the server is there', async () => {
    await using container = await new PostgreSqlContainer('postgres:16-alpine')
      .withCopyContentToContainer([
        {
          content: 'create table seed (id int); insert into seed values (1), (2)',
          target: '/docker-entrypoint-initdb.d/1.sql',
        },
        {
          content: 'echo "insert into seed values (3)" | docker_process_sql',
          target: '/docker-entrypoint-initdb.d/2.sh',
        },
      ])
      .start();
    const count = async () => {
      const client = new pg.Client({ connectionString: container.getConnectionUri() });
      await client.connect();
      const { rows } = await client.query('select count(*)::int as n from seed');
      await client.end();
      return rows[0].n;
    };
    expect(await count()).toBe(3);
    await container.restart();
    expect(await count()).toBe(3);
  });
});

describe('a container that was started before it was asked for', () => {
  test('says twice that it is ready, as one does that makes its cluster', async () => {
    const wait = Wait.forLogMessage(/database system is ready to accept connections/, 2);
    await using container = await new PostgreSqlContainer('postgres:16-alpine').withWaitStrategy(wait).start();
    expect(await query(container.getConnectionUri(), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('is new to whoever gets it, and is given out once', async () => {
    const usual = images.usual;
    if (!usual) throw new Error('PostgreSQL 16 is not installed');
    services.expect(usual);
    services.fill();
    await expect.poll(() => services.spares, { timeout: 10_000 }).toBe(1);
    services.pause();
    const warm = await new PostgreSqlContainer('postgres:16-alpine').start();
    expect(services.spares).toBe(0);
    expect(
      await query(warm.getConnectionUri(), "select count(*)::int as n from pg_tables where schemaname = 'public'"),
    ).toEqual([{ n: 0 }]);
    await query(warm.getConnectionUri(), 'create table mine()');
    const cold = await new PostgreSqlContainer('postgres:16-alpine').start();
    expect(
      await query(cold.getConnectionUri(), "select count(*)::int as n from pg_tables where schemaname = 'public'"),
    ).toEqual([{ n: 0 }]);
    await Promise.all([warm.stop(), cold.stop()]);
  });

  test('is not given to one who asks for something else', async () => {
    services.fill();
    await expect.poll(() => services.spares, { timeout: 10_000 }).toBe(1);
    services.pause();
    const other = await new PostgreSqlContainer('postgres:16-alpine')
      .withCommand(['postgres', '-c', 'max_connections=7'])
      .start();
    expect(await query(other.getConnectionUri(), 'show max_connections')).toEqual([{ max_connections: '7' }]);
    expect(services.spares).toBe(1);
    await other.stop();
  });
});

describe('the gateway', () => {
  test.each([
    ['privileged containers', { HostConfig: { Privileged: true } }],
    ['host folders', { HostConfig: { Binds: ['/:/host'] } }],
    ['devices', { HostConfig: { Devices: [{ PathOnHost: '/dev/kvm' }] } }],
    ['added capabilities', { HostConfig: { CapAdd: ['SYS_ADMIN'] } }],
    ['the host’s network', { HostConfig: { NetworkMode: 'host' } }],
    ['fixed host ports', { HostConfig: { PortBindings: { '5432/tcp': [{ HostPort: '5432' }] } } }],
  ])('refuses %s in words', async (_, extra) => {
    const answer = await api('POST', '/v1.44/containers/create', { Image: 'postgres:16', ...extra });
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.body).message).toMatch(/not allowed here|Only free ports/);
  });

  test.each([
    ['POST', '/containers/create', '{"Image":', 400],
    ['POST', '/containers/create', { Image: 7 }, 400],
    ['GET', '/containers/deadbeef/json', undefined, 404],
    ['POST', '/exec/deadbeef/start', {}, 404],
    ['POST', '/build', undefined, 404],
    ['GET', '/containers/json?filters=%7B', undefined, 400],
    ['GET', '/containers/%zz/json', undefined, 400],
    ['POST', '/containers/create', { Image: 'postgres:16', StopSignal: 'SIGNOTHING' }, 400],
  ])('answers %s %s with %j as %i', async (method, path, body, status) => {
    const answer = await api(method, path, body);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body).message).toBeTruthy();
  });
});
