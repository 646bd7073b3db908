import pg from 'pg';
import { GenericContainer, Wait } from 'testcontainers';
import { expect, it } from 'vitest';

// #region twice
it('says that it is ready twice, and means it once', async () => {
  await using container = await new GenericContainer('postgres:16-alpine')
    .withEnvironment({ POSTGRES_PASSWORD: 'secret', POSTGRES_DB: 'shop' })
    .withExposedPorts(5432)
    .withWaitStrategy(Wait.forLogMessage('ready to accept connections', 2))
    .start();

  const lines: string[] = [];
  for await (const line of await container.logs()) {
    lines.push(...String(line).split('\n'));
    if (lines.filter((text) => text.includes('ready to accept connections')).length === 2) break;
  }

  const told = lines.flatMap(
    (text) => /ready to accept connections|init process complete|listening on IPv4/.exec(text) ?? [],
  );
  expect(told).toEqual([
    'ready to accept connections', // a temporary server, on a socket inside the container
    'init process complete',
    'listening on IPv4', // the real one opens its port
    'ready to accept connections',
  ]);
}, 120_000);
// #endregion twice

// #region strategies
it.each([
  ['a log line, twice', Wait.forLogMessage('ready to accept connections', 2)],
  ['a command that succeeds', Wait.forSuccessfulCommand('pg_isready --host localhost --username postgres')],
  ['a health check and the port', Wait.forAll([Wait.forHealthCheck(), Wait.forListeningPorts()])],
])(
  '%s: a query is answered',
  async (_, strategy) => {
    await using container = await new GenericContainer('postgres:16-alpine')
      .withEnvironment({ POSTGRES_PASSWORD: 'secret' })
      .withExposedPorts(5432)
      .withHealthCheck({
        test: ['CMD-SHELL', 'pg_isready --host localhost'],
        interval: 250,
        timeout: 1_000,
        retries: 1_000,
      })
      .withWaitStrategy(strategy.withStartupTimeout(120_000))
      .start();

    const client = new pg.Client({
      host: container.getHost(),
      port: container.getMappedPort(5432),
      user: 'postgres',
      password: 'secret',
    });
    await client.connect();
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await client.end();
  },
  120_000,
);
// #endregion strategies
