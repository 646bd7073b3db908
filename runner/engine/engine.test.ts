import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { PostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { GenericContainer, Wait } from 'testcontainers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  type ContainerNotice,
  Engine,
  type ImageCatalogue,
  openImageCatalogue,
  PortPool,
  ServicePool,
  serveGateway,
} from './index.ts';

// The gateway is served on a socket of the test's own and its ports are the test's loopback: what a learner's sandbox
// would have handed over. Containers are the real sandboxes.
const limits = {
  memoryBytes: 512 << 20,
  processes: 128,
  cpuSeconds: 30,
  files: 1024,
  fileBytes: 64 << 20,
  tmpfsBytes: 256 << 20,
};
let folder: string;
let images: ImageCatalogue;
let engine: Engine;
let services: ServicePool;
let socket: string;
const notices: ContainerNotice[] = [];
const faults: Error[] = [];
const servers: Server[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boundary-engine-'));
  images = await openImageCatalogue(join(folder, 'clusters'));
  const ports = await Promise.all(Array.from({ length: 4 }, () => listen({ host: '127.0.0.1', port: 0 })));
  const pool = new PortPool(ports.map((server) => ({ server, port: (server.address() as { port: number }).port })));
  services = new ServicePool(1, limits);
  engine = new Engine({
    resolveImage: images.resolve,
    offered: images.offered,
    limits,
    maxContainers: 3,
    services,
    ports: pool,
    onNotice: (notice) => notices.push(notice),
    onFault: (error) => faults.push(error),
  });
  socket = join(folder, 'docker.sock');
  serveGateway(await listen({ path: socket }), engine);
  process.env.DOCKER_HOST = `unix://${socket}`;
  process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';
  process.env.TESTCONTAINERS_HOST_OVERRIDE = '127.0.0.1';
});

// A test that fails must not take the next ones' containers.
afterEach(() => Promise.all(engine.containers().map((container) => engine.remove(container))));

afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await services[Symbol.asyncDispose]();
  for (const server of servers) server.close();
  await rm(folder, { recursive: true });
});

async function listen(where: { path: string } | { host: string; port: number }): Promise<Server> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(where, resolve));
  return server;
}

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

async function api(method: string, path: string, body?: unknown): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const call = httpRequest(
      { socketPath: socket, method, path, headers: { 'content-type': 'application/json' } },
      (response) => {
        let text = '';
        response
          .on('data', (chunk) => (text += chunk))
          .on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      },
    );
    call.on('error', reject).end(body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body));
  });
}

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('unmodified testcontainers-node', () => {
  test.each([16, 17, 18])('gets a real PostgreSQL %i', async (major) => {
    const container = await new PostgreSqlContainer(`postgres:${major}-alpine`).start();
    const [row] = await query(
      container.getConnectionUri(),
      'select version(), current_database() as db, current_user as me',
    );
    expect(row).toEqual({ version: expect.stringMatching(`^PostgreSQL ${major}\\.`), db: 'test', me: 'test' });
    await container.stop();
    expect(engine.containers()).toEqual([]);
  });

  test('gets the user, password, database, environment and command it asked for', async () => {
    const container = await new PostgreSqlContainer('postgres:17')
      .withUsername('ada')
      .withPassword('s3cret')
      .withDatabase('shop-front')
      .withEnvironment({ TZ: 'Europe/Paris' })
      .withCommand(['postgres', '-c', 'max_connections=23'])
      .start();
    const connection = {
      host: container.getHost(),
      port: container.getPort(),
      user: 'ada',
      password: 's3cret',
      database: 'shop-front',
    };
    const client = new pg.Client(connection);
    await client.connect();
    const { rows } = await client.query("select current_user as me, current_setting('max_connections') as connections");
    await client.end();
    expect(rows).toEqual([{ me: 'ada', connections: '23' }]);
    const wrong = new pg.Client({ ...connection, password: 'guess' });
    await expect(wrong.connect()).rejects.toMatchObject({ code: '28P01' });
    await container.stop();
  });

  test('is asked for the password, as by a server on another host', async () => {
    const container = await new PostgreSqlContainer('postgres:16').start();
    await expect(query(container.getConnectionUri().replace(':test@', ':wrong@'), 'select 1')).rejects.toMatchObject({
      code: '28P01',
    });
    await container.stop();
  });

  test('runs commands in the container and reads their exit codes', async () => {
    const container = await new PostgreSqlContainer('postgres:16').start();
    expect(await container.exec(['sh', '-c', 'echo out; echo err >&2; exit 3'])).toMatchObject({
      exitCode: 3,
      stdout: 'out\n',
      stderr: 'err\n',
    });
    expect(await container.exec(['no-such-program'])).toMatchObject({ exitCode: 127 });
    await container.stop();
  });

  test('has its data after a restart', async () => {
    const container = await new PostgreSqlContainer('postgres:16').start();
    await query(container.getConnectionUri(), 'create table kept as select 1 as n');
    for (let round = 0; round < 3; round++) {
      await container.restart();
      expect(await query(container.getConnectionUri(), 'select n from kept')).toEqual([{ n: 1 }]);
    }
    await container.stop();
  });

  test('does not have a farewell overtaken by the stop that follows it', async () => {
    for (let round = 0; round < 5; round++) {
      const container = await new PostgreSqlContainer('postgres:16').start();
      const broken: Error[] = [];
      const pool = new pg.Pool({ connectionString: container.getConnectionUri(), max: 5 });
      pool.on('connect', (client) => client.on('error', (error) => broken.push(error)));
      await Promise.all(Array.from({ length: 5 }, () => pool.query('select pg_sleep(0.01)')));
      await pool.end();
      await container.stop();
      expect(broken).toEqual([]);
    }
  });

  test('can wait for a line of the log, of a container that ran before it was asked for as well', async () => {
    const waiting = () =>
      new PostgreSqlContainer('postgres:16')
        .withWaitStrategy(Wait.forLogMessage('ready to accept connections'))
        .start();
    const cold = await waiting();
    services.fill();
    await expect.poll(() => services.spares, { timeout: 10_000 }).toBe(1);
    services.pause();
    const warm = await waiting();
    expect(services.spares).toBe(0);
    await Promise.all([cold.stop(), warm.stop()]);
  });

  test('is told by the container itself when its data folder cannot be made', async () => {
    const start = new GenericContainer('postgres:16')
      .withEnvironment({ POSTGRES_PASSWORD: 'x', PGDATA: '/usr/share/elsewhere' })
      .withWaitStrategy(Wait.forOneShotStartup())
      .start();
    await expect(start).rejects.toThrow('failed to start');
    expect(faults).toEqual([]);
  });

  test('ends a container with its main process, and outlives who follows the log of it', async () => {
    const container = await new PostgreSqlContainer('postgres:16')
      .withEntrypoint([
        'sh',
        '-c',
        'echo database system is ready to accept connections; until [ -e /tmp/go ]; do sleep 0.02; done; (sleep 0.3; echo late) &',
      ])
      .withWaitStrategy(Wait.forLogMessage('ready'))
      .start();
    const followed = api('GET', `/containers/${container.getId()}/logs?stdout=1&stderr=1&follow=1`);
    // The command may end with the container that it ends.
    await container.exec(['touch', '/tmp/go']).catch(() => undefined);
    const { body } = await followed;
    expect(body).toContain('ready to accept');
    expect(body).not.toContain('late');
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect((await api('GET', '/_ping')).body).toBe('OK');
  });

  test('is told which images there are when it asks for another', async () => {
    await expect(new PostgreSqlContainer('postgres:9').start()).rejects.toThrow(
      /No such image: postgres:9.*postgres:18, postgres:17, postgres:16/,
    );
  });

  test('is refused more containers than a run may have, and told what to do', async () => {
    const three = await Promise.all([16, 16, 16].map((major) => new PostgreSqlContainer(`postgres:${major}`).start()));
    await expect(new PostgreSqlContainer('postgres:16').start()).rejects.toThrow(/already has 3 containers.*Share one/);
    await Promise.all(three.map((container) => container.stop()));
  });
});

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

  test('tells what happened to each container', () => {
    const states = new Set(notices.map(({ state }) => state));
    expect([...states].sort()).toEqual(['created', 'exited', 'refused', 'removed', 'running'].sort());
  });
});
