/** What the runner tells of itself, and what it must never tell. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { startEmbeddedPostgres } from '../../store/embedded.ts';
import { ServerProcess } from './server-process.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { Learner, submissionOf } from './test-server.ts';

it('the log names each run and its end at every level, and holds no code, no password, no cookie and no key', async () => {
  using folder = temporaryFolder();
  const secrets = {
    code: 'PERIWINKLE',
    password: 'MARIGOLD',
    cookieSecret: 'CORNFLOWER of thirty-two characters',
    query: 'FOXGLOVE',
  };
  const database = await startEmbeddedPostgres(folder.path);
  await using server = await ServerProcess.start({
    DATABASE_URL: `postgres://boundary:${secrets.password}@${encodeURIComponent(String(database.connection.host))}:5432/postgres`,
    COOKIE_SECRET: secrets.cookieSecret,
    DATA_DIR: join(folder.path, 'runner'),
    LOG_LEVEL: 'trace',
  });
  const learner = new Learner(server.address);
  const runs = [
    await learner.submit(`pass ${secrets.code}`),
    await learner.submit(`text "${secrets.code}"`),
    await learner.submit('throw'),
  ];
  for (const { id } of runs) await learner.follow(id);
  const headers = { authorization: `Bearer ${runs[0]?.key}`, cookie: learner.cookie ?? '' };
  await fetch(`${server.address}/api/nowhere?token=${secrets.query}`, { headers });
  await learner.post('/api/runs', { ...submissionOf(secrets.code), extra: secrets.code });
  // Faults of the store are logged with their stack.
  await database[Symbol.asyncDispose]();
  await vi.waitUntil(async () => (await fetch(`${server.address}/readyz`)).status === 503, {
    timeout: 20_000,
    interval: 100,
  });
  await learner.post('/api/runs', submissionOf(secrets.code));
  await fetch(`${server.address}/api/runs/${runs[0]?.id}?token=${secrets.query}`, { headers });

  const linesOf = (log: string) =>
    log
      .split('\n')
      .filter((line) => /^\{.*\}$/.test(line))
      .map((line) => JSON.parse(line));
  // Answers come over one pipe and the log over another.
  const isFault = ({ level, path }: { level: number; path?: string }) => level === 50 && path === '/api/runs';
  await vi.waitUntil(() => linesOf(server.said()).some(isFault), { timeout: 20_000, interval: 100 });
  const log = server.said();
  const lines = linesOf(log);
  for (const { id } of runs) expect(lines).toContainEqual(expect.objectContaining({ msg: 'A run ended.', run: id }));
  const [, cookieValue = 'none'] = learner.cookie?.split('=') ?? [];
  for (const secret of [...Object.values(secrets), cookieValue, ...runs.map(({ key }) => key)]) {
    expect(log.includes(secret), `the log holds “${secret}”`).toBe(false);
  }
}, 90_000);

it('traces go to the collector that is named: a run, its time in the queue, its variants, and no word of a learner’s', async () => {
  using folder = temporaryFolder();
  const received: string[] = [];
  const collector = createServer((request, response) => {
    request.setEncoding('latin1').on('data', (data) => received.push(data));
    request.on('end', () => response.end());
  }).listen(0, '127.0.0.1');
  await vi.waitUntil(() => collector.listening);
  try {
    await using server = await ServerProcess.start({
      DATA_DIR: folder.path,
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
    });
    const learner = new Learner(server.address);
    const { id } = await learner.submit('pass PERIWINKLE');
    await learner.follow(id);
    expect(await server.end('SIGTERM')).toBe(0);
    const sent = received.join('');
    for (const text of [id, 'queue', 'variant', 'boundary.outcome', 'passed']) expect(sent).toContain(text);
    expect(sent).not.toContain('PERIWINKLE');
  } finally {
    collector.closeAllConnections();
    collector.close();
  }
}, 90_000);
