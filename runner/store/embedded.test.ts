import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../test/web/temporary-folder.ts';
import { startEmbeddedPostgres } from './embedded.ts';
import { startOf } from './process-identity.ts';

// Each test starts several servers, and a busy machine takes ten times as long over one as a quiet one.
vi.setConfig({ testTimeout: 120_000 });

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

async function ask(connection: pg.ClientConfig, sql: string): Promise<string> {
  const client = new pg.Client(connection);
  await client.connect();
  const { rows } = await client.query({ text: sql, rowMode: 'array' });
  await client.end();
  return String(rows[0]?.[0]);
}

describe('startEmbeddedPostgres', () => {
  it('serves PostgreSQL 18 on a private socket and nowhere else, and keeps what it is given', async () => {
    let sockets: string;
    {
      await using server = await startEmbeddedPostgres(folder.path);
      sockets = String(server.connection.host);
      expect(statSync(sockets).mode & 0o777).toBe(0o700);
      expect(Buffer.byteLength(`${sockets}/.s.PGSQL.5432`)).toBeLessThanOrEqual(107);
      expect(await ask(server.connection, 'show server_version')).toMatch(/^18\./);
      expect(await ask(server.connection, 'show listen_addresses')).toBe('');
      expect(await ask(server.connection, 'show fsync')).toBe('on');
      await ask(server.connection, 'create table kept as select 42 as answer');
    }
    expect(existsSync(sockets)).toBe(false);
    await using again = await startEmbeddedPostgres(folder.path);
    expect(await ask(again.connection, 'select answer from kept')).toBe('42');
  });

  it('stops the server that a killed runner left, keeps its data, and removes its socket', async () => {
    const script = `
      import { startEmbeddedPostgres } from '${join(import.meta.dirname, 'embedded.ts')}';
      const server = await startEmbeddedPostgres(process.argv[1]);
      console.log(server.pid + ' ' + server.connection.host);
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, folder.path]);
    const [output] = await once(child.stdout, 'data');
    const [pid = '', sockets = ''] = String(output).trim().split(' ');
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(startOf(Number(pid))).toBeDefined();

    await using server = await startEmbeddedPostgres(folder.path);
    expect(startOf(Number(pid))).toBeUndefined();
    expect(existsSync(sockets)).toBe(false);
    expect(await ask(server.connection, 'select 1')).toBe('1');
  });

  it('sets a half-made cluster aside, deletes nothing, says so', async () => {
    mkdirSync(join(folder.path, 'postgres.unfinished', 'base'), { recursive: true });
    writeFileSync(join(folder.path, 'postgres.unfinished', 'precious'), 'x');
    const notices: string[] = [];
    await using server = await startEmbeddedPostgres(folder.path, { notice: (text) => notices.push(text) });
    expect(await ask(server.connection, 'select 1')).toBe('1');
    const aside = readdirSync(folder.path).find((entry) => entry.includes('set-aside'));
    expect(existsSync(join(folder.path, aside ?? '', 'precious'))).toBe(true);
    expect(notices.join()).toContain(String(aside));
  });

  it('does not put an empty cluster in the place of what is left of one', async () => {
    mkdirSync(join(folder.path, 'postgres', 'base'), { recursive: true });
    writeFileSync(join(folder.path, 'postgres', 'PG_VERSION'), '18\n');
    await expect(startEmbeddedPostgres(folder.path)).rejects.toMatchObject({
      code: 'postgres-start-failed',
      message: expect.stringContaining('pg_control is not there'),
    });
    expect(readdirSync(folder.path)).toEqual(['postgres']);
  });

  it('does not touch the cluster of another version', async () => {
    const cluster = join(folder.path, 'postgres');
    mkdirSync(join(cluster, 'global'), { recursive: true });
    writeFileSync(join(cluster, 'global', 'pg_control'), '');
    writeFileSync(join(cluster, 'PG_VERSION'), '12\n');
    await expect(startEmbeddedPostgres(folder.path)).rejects.toMatchObject({
      code: 'cluster-foreign',
      message: expect.stringContaining('PostgreSQL 12'),
    });
    expect(readdirSync(cluster).sort()).toEqual(['PG_VERSION', 'global']);
  });

  it('says why the server does not start', async () => {
    {
      await using _once = await startEmbeddedPostgres(folder.path);
    }
    writeFileSync(join(folder.path, 'postgres', 'postgresql.conf'), 'no_such_setting = 1\n');
    await expect(startEmbeddedPostgres(folder.path)).rejects.toMatchObject({
      code: 'postgres-start-failed',
      message: expect.stringContaining('no_such_setting'),
    });
  });

  it('starts it again where it ends unasked, on the same socket, with what was committed, and says so', async () => {
    const notices: string[] = [];
    await using server = await startEmbeddedPostgres(folder.path, { notice: (text) => notices.push(text) });
    await ask(server.connection, 'create table kept as select 42 as answer');
    for (let time = 1; time <= 2; time++) {
      const { pid } = server;
      process.kill(pid, 'SIGKILL');
      const answer = await vi.waitUntil(
        async () => server.pid !== pid && ask(server.connection, 'select answer from kept').catch(() => false),
        { timeout: 50_000, interval: 100 },
      );
      expect(answer).toBe('42');
      expect(notices).toHaveLength(time);
    }
    expect(notices[0]).toContain('is started again');
  });
});
