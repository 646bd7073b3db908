/** The store goes away under a runner, and comes back: what was accepted is done, once, and nobody has to start anything. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { startEmbeddedPostgres } from '../../store/embedded.ts';
import { ServerProcess } from '../web/server-process.ts';
import { temporaryFolder } from '../web/temporary-folder.ts';
import { Learner, type Stream, submissionOf } from '../web/test-server.ts';

const patient = { timeout: 40_000, interval: 100 };

function readiness(address: string, status: number): Promise<Response> {
  return vi.waitUntil(async () => {
    const answer = await fetch(`${address}/readyz`);
    return answer.status === status && answer;
  }, patient);
}

/** Reads a run to its end, as a page does: again and again while the store is away. */
function toTheEnd(learner: Learner, id: string): Promise<Stream> {
  return vi.waitUntil(async () => {
    const stream = await learner.follow(id).catch(() => undefined);
    return stream?.code === 1000 && stream;
  }, patient);
}

it('SIGKILL of the store’s PostgreSQL: it comes back, and every accepted run comes to one end', async () => {
  using folder = temporaryFolder();
  await using server = await ServerProcess.start({ DATA_DIR: folder.path });
  const learner = await Learner.known(server.address);
  const other = await Learner.known(server.address);
  const running = await learner.submit('hang');
  // This one ends while there is nowhere to write that down; the next one waits for it.
  const ending = await other.submit('wait 300');
  const waiting = await other.submit('pass');
  await learner.follow(running.id, 0, ({ type }) => type === 'started');
  await other.follow(ending.id, 0, ({ type }) => type === 'started');

  const [pid = ''] = readFileSync(join(folder.path, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  process.kill(Number(pid), 'SIGKILL');
  await readiness(server.address, 200);
  expect((await fetch(`${server.address}/healthz`)).status).toBe(200);

  for (const { id } of [ending, waiting]) {
    const { events } = await toTheEnd(other, id);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, place) => place + 1));
    expect(events.filter(({ type }) => type === 'finished')).toMatchObject([{ outcome: 'passed' }]);
  }
  await learner.post(`/api/runs/${running.id}/cancel`);
  const { events } = await toTheEnd(learner, running.id);
  expect(events.filter(({ type }) => type === 'finished')).toMatchObject([{ outcome: 'cancelled' }]);
  expect(await server.end('SIGTERM')).toBe(0);
}, 90_000);

/** A server of PostgreSQL with all that it has started. */
function family(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  return [pid, ...children.map(Number)];
}

it('a PostgreSQL of the operator’s own that does not answer for a while: 503, and then all goes on', async () => {
  using folder = temporaryFolder();
  await using database = await startEmbeddedPostgres(folder.path);
  await using server = await ServerProcess.start({
    DATABASE_URL: `postgres://boundary@${encodeURIComponent(String(database.connection.host))}:5432/postgres`,
    COOKIE_SECRET: 'one that outlives the database of this test',
    DATA_DIR: join(folder.path, 'runner'),
  });
  const learner = await Learner.known(server.address);
  const running = await learner.submit('wait 500');
  const frozen = family(database.pid);
  for (const pid of frozen) process.kill(pid, 'SIGSTOP');
  try {
    await readiness(server.address, 503);
  } finally {
    for (const pid of frozen) process.kill(pid, 'SIGCONT');
  }
  await readiness(server.address, 200);
  const { events } = await toTheEnd(learner, running.id);
  expect(events.filter(({ type }) => type === 'finished')).toMatchObject([{ outcome: 'passed' }]);
  const { id } = await learner.submit('pass');
  expect((await learner.follow(id)).events.at(-1)).toMatchObject({ outcome: 'passed' });
}, 90_000);

it('a data folder that is damaged stops the start with what is wrong, and is left as it is', async () => {
  using folder = temporaryFolder();
  await (await startEmbeddedPostgres(folder.path))[Symbol.asyncDispose]();
  const control = join(folder.path, 'postgres', 'global', 'pg_control');
  const whole = readFileSync(control);
  truncateSync(control, 100);
  await expect(ServerProcess.start({ DATA_DIR: folder.path })).rejects.toThrow(
    /Starting the server failed.*pg_control/s,
  );
  expect(readFileSync(control)).toHaveLength(100);
  writeFileSync(control, whole);

  writeFileSync(join(folder.path, 'cookie-secret'), '');
  await expect(ServerProcess.start({ DATA_DIR: folder.path })).rejects.toThrow(/cookie-secret is empty or cut off/);
  rmSync(join(folder.path, 'cookie-secret'));
  writeFileSync(join(folder.path, 'runner.lock'), '{"pid": 1, "started":');
  await using server = await ServerProcess.start({ DATA_DIR: folder.path });
  expect((await fetch(`${server.address}/readyz`)).status).toBe(200);
}, 90_000);

const canMount =
  spawnSync('bwrap', ['--dev-bind', '/', '/', '--size', '1048576', '--tmpfs', '/mnt', '/usr/bin/true']).status === 0;

it.runIf(canMount)(
  'a full disk: an honest 5xx, no run lost, and it goes on when there is room',
  async () => {
    using _folder = temporaryFolder();
    await using server = await ServerProcess.start({ DATA_DIR: '/mnt/data' }, [
      'bwrap',
      ...['--dev-bind', '/', '/', '--size', String(160 << 20), '--tmpfs', '/mnt', '--die-with-parent'],
    ]);
    const learner = await Learner.known(server.address);
    const before = await learner.submit('hang');
    await learner.follow(before.id, 0, ({ type }) => type === 'started');
    // Seen from here, the disk is below a process that is in the sandbox with it.
    const inside = `/proc/${server.inner()}/root/mnt`;
    expect(existsSync(join(inside, 'data', 'postgres'))).toBe(true);
    spawnSync('dd', ['if=/dev/zero', `of=${inside}/filler`, 'bs=64k', 'count=4096']);

    const big = `text "${'x'.repeat(100_000)}"`;
    const refused = await vi.waitUntil(async () => {
      const answer = await learner.post('/api/runs', submissionOf(big));
      if (answer.status === 429) await learner.post(`/api/runs/${before.id}/cancel`);
      return answer.status >= 500 && answer;
    }, patient);
    expect((await refused.json()).code).toBe('store-unavailable');
    expect((await fetch(`${server.address}/healthz`)).status).toBe(200);

    rmSync(join(inside, 'filler'));
    await readiness(server.address, 200);
    const after = await vi.waitUntil(async () => {
      const answer = await new Learner(server.address).post('/api/runs', submissionOf('pass'));
      return answer.status === 202 && answer;
    }, patient);
    expect(after.status).toBe(202);
    await learner.post(`/api/runs/${before.id}/cancel`);
    const { events } = await toTheEnd(learner, before.id);
    expect(events.filter(({ type }) => type === 'finished')).toHaveLength(1);
  },
  120_000,
);
