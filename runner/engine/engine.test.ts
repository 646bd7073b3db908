import { PostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { GenericContainer, Wait } from 'testcontainers';
import { describe, expect, test } from 'vitest';
import { api, engine, faults, notices, query, services, setUpEngine } from './engine-fixture.ts';

setUpEngine();

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

  test('cannot tell one that was started in advance by its log', async () => {
    const look = async () => {
      const container = await new PostgreSqlContainer('postgres:16').start();
      const { body } = await api('GET', `/containers/${container.getId()}/logs?stdout=1&stderr=1`);
      await container.stop();
      const entries = body.match(/(LOG|WARNING|ERROR|FATAL): .*/g) ?? [];
      // Times are others each time, and a health check may hang up before it has read all.
      return entries.filter((entry) => !/checkpoint|was shut down at|reset by peer/.test(entry));
    };
    const cold = await look();
    services.fill();
    await expect.poll(() => services.spares, { timeout: 10_000 }).toBe(1);
    services.pause();
    const warm = await look();
    expect(services.spares).toBe(0);
    expect(warm).toEqual(cold);
    expect(warm.join()).toContain('ready to accept connections');
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

  // After the others, whose containers have been through all of it.
  test('is told what happened to each container', () => {
    const states = new Set(notices.map(({ state }) => state));
    expect([...states].sort()).toEqual(['created', 'exited', 'refused', 'removed', 'running'].sort());
  });
});
