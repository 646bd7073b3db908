import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Daemon } from '../../engine/index.ts';
import { type OpenGateway, openGateway } from './open-gateway.ts';

const image = 'postgres:16-alpine';

/**
 * What Testcontainers for Node asks of an engine, the same on every backend. A file for each: the client keeps the engine
 * that it found first for as long as its process lives.
 */
export function nodeCases(backend: string, daemon: Daemon | undefined): () => OpenGateway {
  let folder: string;
  let gateway: OpenGateway;
  let container: StartedPostgreSqlContainer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'boundary-conformance-'));
    gateway = await openGateway(folder, daemon);
    Object.assign(process.env, gateway.env);
    container = await new PostgreSqlContainer(image)
      .withCopyContentToContainer([
        { content: 'create table parts (name text)', target: '/docker-entrypoint-initdb.d/1.sql' },
        {
          content: 'psql -U "$POSTGRES_USER" -d "$POSTGRES_DB" -c "insert into parts values (\'bolt\')"',
          target: '/docker-entrypoint-initdb.d/2.sh',
        },
      ])
      .start();
  });

  afterAll(async () => {
    await gateway[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  describe(`testcontainers-node on ${backend}`, () => {
    test('starts the PostgreSQL that the image names, after its init scripts', async () => {
      expect(await query(container, 'select name from parts')).toEqual([{ name: 'bolt' }]);
      const [row] = await query(container, 'show server_version');
      expect(row).toEqual({ server_version: expect.stringMatching(/^16\./) });
    });

    test('shows what the service wrote', async () => {
      const logs = await container.logs();
      logs.once('data', () => undefined);
      let seen = '';
      for await (const chunk of logs) {
        seen += chunk;
        if (seen.split('ready to accept connections').length > 2) break;
      }
      expect(seen).toContain('PostgreSQL init process complete');
    });

    test('runs commands, with their output and exit codes', async () => {
      const ran = await container.exec(['sh', '-c', 'echo out; echo err >&2; exit 3']);
      expect(ran).toMatchObject({ exitCode: 3, stdout: 'out\n', stderr: 'err\n' });
      // Docker up to 20.10 says 126 where later ones, and the sandbox, say 127.
      expect([126, 127]).toContain((await container.exec(['no-such-program'])).exitCode);
      expect((await container.exec(['printenv', 'A'], { env: { A: 'b' } })).output).toBe('b\n');
    });

    test('copies files in and out while it runs', async () => {
      await container.copyContentToContainer([{ content: 'note', target: '/tmp/note.txt' }]);
      expect((await container.exec(['cat', '/tmp/note.txt'])).output).toBe('note');
      const archive = await text(await container.copyArchiveFromContainer('/tmp/note.txt'));
      expect(archive).toContain('note.txt');
    });

    test('goes back to a snapshot', async () => {
      const other = await new PostgreSqlContainer(image).withDatabase('shop').start();
      await query(other, 'create table t (n int)');
      await other.snapshot();
      await query(other, 'insert into t values (1)');
      await other.restoreSnapshot();
      expect(await query(other, 'select count(*)::int as n from t')).toEqual([{ n: 0 }]);
      await other.stop();
      expect((await api(gateway, 'GET', `/containers/${other.getId()}/json`)).status).toBe(404);
    });

    test('keeps data over a restart', async () => {
      await container.restart();
      expect(await query(container, 'select name from parts')).toEqual([{ name: 'bolt' }]);
    });

    test('lists what is its own and nothing else, and shows no label of the runner', async () => {
      const { body } = await api(gateway, 'GET', '/containers/json?all=1');
      expect(body.map((row: { Id: string }) => row.Id)).toEqual([container.getId()]);
      const inspected = await api(gateway, 'GET', `/containers/${container.getId().slice(0, 12)}/json`);
      const seen = JSON.stringify(inspected.body);
      expect(seen).not.toContain('boundary.scope');
      expect(seen).not.toContain('/var/lib/docker');
    });

    test('refuses what would lead out of the container, with a reason', async () => {
      const hosts = [
        { Privileged: true },
        { Binds: ['/:/host'] },
        { Mounts: [{ Type: 'bind', Source: '/', Target: '/host' }] },
        { VolumesFrom: ['other'] },
        { Devices: [{ PathOnHost: '/dev/sda' }] },
        { CapAdd: ['SYS_ADMIN'] },
        { SecurityOpt: ['seccomp=unconfined'] },
        { NetworkMode: 'host' },
        { PidMode: 'host' },
        { IpcMode: 'host' },
        { PidMode: `container:${container.getId()}` },
        { PortBindings: { '5432/tcp': [{ HostPort: '22' }] } },
      ];
      for (const HostConfig of hosts) {
        const { status, body } = await api(gateway, 'POST', '/containers/create', { Image: image, HostConfig });
        expect({ HostConfig, status }).toEqual({ HostConfig, status: 403 });
        expect(body.message).toMatch(/not allowed here|Only free ports/);
      }
      const off = await api(gateway, 'POST', '/containers/create', { Image: 'ubuntu:24.04' });
      expect(off).toMatchObject({ status: 404, body: { message: expect.stringContaining('No such image') } });
      const elsewhere = { Image: image, HostConfig: { NetworkMode: 'bridge-of-another' } };
      expect((await api(gateway, 'POST', '/containers/create', elsewhere)).status).toBe(404);
    });
  });
  return () => gateway;
}

async function query(container: StartedPostgreSqlContainer, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: container.getConnectionUri() });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

// biome-ignore lint/suspicious/noExplicitAny: an answer in JSON, compared by the tests
export type Answer = { status: number; body: any };

/** Sends one request to the gateway, as a client of no kind would. */
export function api(gateway: OpenGateway, method: string, path: string, body?: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const call = httpRequest({ socketPath: gateway.socket, method, path, headers }, (response) =>
      text(response).then((said) => {
        const json = response.headers['content-type'] === 'application/json' && said !== '';
        resolve({ status: response.statusCode ?? 0, body: json ? JSON.parse(said) : said });
      }, reject),
    );
    call.on('error', reject).end(body === undefined ? '' : JSON.stringify(body));
  });
}
