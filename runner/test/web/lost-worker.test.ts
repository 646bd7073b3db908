import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { startEmbeddedPostgres } from '../../store/embedded.ts';
import { ServerProcess } from './server-process.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { Learner } from './test-server.ts';

// Each test starts several servers, and a busy machine takes ten times as long over one as a quiet one.
vi.setConfig({ testTimeout: 120_000 });

/** Servers of PostgreSQL that were told of this folder; a child that was just forked still bears its parent's name. */
function postmasters(folder: string): Promise<number> {
  return vi
    .waitUntil(
      () => {
        const lines = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n');
        const count = lines.filter(
          (line) => line.includes('/bin/postgres') && line.includes(`${folder}/postgres`),
        ).length;
        return count <= 1 && { count };
      },
      { timeout: 30_000, interval: 100 },
    )
    .then(({ count }) => count);
}

async function asLearner<T>(learner: Learner, address: string, work: (learner: Learner) => Promise<T>): Promise<T> {
  const again = new Learner(address);
  again.cookie = learner.cookie;
  return work(again);
}

describe('a runner that was killed in the middle of a run', () => {
  it('does the run again, once, when it is started again, and its readers lose nothing', async () => {
    using folder = temporaryFolder();
    await using first = await ServerProcess.start({ DATA_DIR: folder.path });
    const learner = new Learner(first.address);
    const { id } = await learner.submit('hang');
    const before = await learner.follow(id, 0, ({ type }) => type === 'variant-started');
    await first.end('SIGKILL');
    expect(await postmasters(folder.path)).toBe(1);

    await using second = await ServerProcess.start({ DATA_DIR: folder.path });
    await asLearner(learner, second.address, async (again) => {
      const seen = before.events.at(-1)?.seq ?? 0;
      const after = await again.follow(id, seen, ({ type }) => type === 'variant-started');
      expect(after.events.map(({ seq }) => seq)).toEqual(after.events.map((_, place) => seen + 1 + place));
      expect(after.events.find(({ type }) => type === 'started')).toMatchObject({ attempt: 2 });
      expect(await postmasters(folder.path)).toBe(1);
      await again.post(`/api/runs/${id}/cancel`);
      expect((await again.follow(id)).events.at(-1)).toMatchObject({ type: 'finished', outcome: 'cancelled' });
    });
    expect(await second.end('SIGTERM')).toBe(0);
    expect(await postmasters(folder.path)).toBe(0);
  });

  it('gives a run up that takes its runner down twice', async () => {
    using folder = temporaryFolder();
    await using first = await ServerProcess.start({ DATA_DIR: folder.path });
    const learner = new Learner(first.address);
    const died = once(first.child, 'close');
    const { id } = await learner.submit('die');
    await died;
    // It may take this one down before its address is read.
    const second = await ServerProcess.start({ DATA_DIR: folder.path }).catch(() => undefined);
    if (second?.child.signalCode === null) await once(second.child, 'close');
    await using third = await ServerProcess.start({ DATA_DIR: folder.path });
    await asLearner(learner, third.address, async (again) => {
      const { events, code } = await again.follow(id);
      expect(events.at(-1)).toMatchObject({ type: 'finished', outcome: 'runner-error' });
      expect(code).toBe(1000);
      expect(await again.run(id)).toMatchObject({ state: 'finished', outcome: 'runner-error' });
      const next = await again.submit('pass');
      expect((await again.follow(next.id)).events.at(-1)).toMatchObject({ outcome: 'passed' });
    });
  });

  it('gives its runs back when it is stopped in an orderly way, and that counts as no loss', async () => {
    using folder = temporaryFolder();
    const learner = new Learner('');
    let id = '';
    for (const attempt of [1, 2, 3]) {
      await using server = await ServerProcess.start({ DATA_DIR: folder.path });
      await asLearner(learner, server.address, async (again) => {
        if (id === '') ({ id } = await again.submit('hang'));
        learner.cookie = again.cookie;
        await again.follow(id, 0, (event) => event.type === 'started' && event.attempt === attempt);
      });
      expect(await server.end('SIGTERM')).toBe(0);
    }
  });
});

describe('two runners on one database', () => {
  it.each([
    ['killed', 'SIGKILL' as const],
    ['suspended, so that only its lease tells', 'SIGSTOP' as const],
  ])(
    'the other takes a run up whose worker was %s, and the first can no longer write',
    async (_how, signal) => {
      using folder = temporaryFolder();
      await using database = await startEmbeddedPostgres(folder.path);
      const socket = encodeURIComponent(String(database.connection.host));
      const shared = {
        DATABASE_URL: `postgres://boundary@${socket}:5432/postgres`,
        COOKIE_SECRET: 'shared by both of the runners in this test',
      };
      await using first = await ServerProcess.start({ ...shared, DATA_DIR: `${folder.path}/first` });
      const learner = new Learner(first.address);
      const { id } = await learner.submit('hang');
      await learner.follow(id, 0, ({ type }) => type === 'started');
      await using second = await ServerProcess.start({ ...shared, DATA_DIR: `${folder.path}/second` });

      first.child.kill(signal);
      await asLearner(learner, second.address, async (again) => {
        await again.follow(id, 0, (event) => event.type === 'started' && event.attempt === 2);
        first.child.kill('SIGCONT');
        // Time for the first to wake, look at its lease and write, if it could.
        if (signal === 'SIGSTOP') await wait(5_000);
        expect(await again.run(id)).toMatchObject({ state: 'running' });
        await again.post(`/api/runs/${id}/cancel`);
        const { events } = await again.follow(id);
        expect(events.filter(({ type }) => type === 'started')).toHaveLength(2);
        expect(events.filter(({ type }) => type === 'finished')).toHaveLength(1);
        // Both work on, the one that woke included.
        for (const server of signal === 'SIGSTOP' ? [first, second] : [second]) {
          await asLearner(again, server.address, async (here) => {
            const next = await here.submit('pass');
            expect((await here.follow(next.id)).events.at(-1)).toMatchObject({ outcome: 'passed' });
          });
        }
      });
    },
    90_000,
  );

  it('a second runner on the same data folder says whose it is', async () => {
    using folder = temporaryFolder();
    await using first = await ServerProcess.start({ DATA_DIR: folder.path });
    const second = ServerProcess.start({ DATA_DIR: folder.path });
    await expect(second).rejects.toThrow(`Process ${first.child.pid} serves ${first.address}`);
  });
});
