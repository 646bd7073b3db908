import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EventBody } from '../../protocol.ts';
import { publishEvents } from '../../runs/event-publisher.ts';
import { appendEvents, readEvents } from '../../store/events.ts';
import { claimRun, finishRun, insertRun, isFinished, releaseRun } from '../../store/runs.ts';
import { inTransaction } from '../../store/transaction.ts';
import { lockQueue, tellPositions } from '../../store/waiting.ts';
import { giveUpLease, keepLease, recoverLost, requeue, type Worker } from '../../store/workers.ts';
import { openTestStore } from './test-store.ts';

let store: Awaited<ReturnType<typeof openTestStore>>;
let pool: pg.Pool;
beforeAll(async () => {
  store = await openTestStore();
  pool = store.pool;
});
beforeEach(() => pool.query('truncate boundary.runs, boundary.events, boundary.workers cascade'));
afterAll(() => store[Symbol.asyncDispose]());

async function newWorker(capacity = 1): Promise<Worker> {
  const worker = { id: randomUUID(), pool: `pool-${randomUUID()}`, capacity, space: 'elsewhere', pid: 1, started: '1' };
  await keepLease(pool, worker);
  return worker;
}

async function newRun(priority = 0): Promise<string> {
  const id = randomUUID();
  const submission = { exercise: 'e', language: 'typescript' as const, files: {} };
  await insertRun(pool, { id, learnerId: randomUUID(), key: id, share: 'learner:x', priority, submission });
  return id;
}

function line(text: string): EventBody {
  return { type: 'output', variant: 'v', stream: 'stdout', text };
}

async function texts(id: string): Promise<string[]> {
  const events = await readEvents(pool, id, 0, 10_000);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, place) => place + 1));
  return events.flatMap((event) => (event.type === 'output' ? [event.text] : []));
}

const failed = { outcome: 'failed' as const, events: [{ type: 'finished' as const, outcome: 'failed' as const }] };

describe('the fence', () => {
  it('lets only the latest attempt write, end the run, or give it back', async () => {
    const [slow, quick] = [await newWorker(), await newWorker()];
    const id = await newRun();
    expect(await claimRun(pool, id, slow.id)).toMatchObject({ attempt: 1 });
    expect(await claimRun(pool, id, quick.id)).toBeUndefined();
    expect(await appendEvents(pool, id, 1, [line('one'), line('two')])).toBe(true);
    await recoverLost(pool, [slow.id], (client, run) => requeue(client, run.id));
    expect(await appendEvents(pool, id, 1, [line('late')])).toBe(false);
    expect(await claimRun(pool, id, quick.id)).toMatchObject({ attempt: 2 });

    expect(await appendEvents(pool, id, 1, [line('later')])).toBe(false);
    expect(await releaseRun(pool, id, 1)).toBe(false);
    expect(await finishRun(pool, id, { from: { state: 'running', attempt: 1 }, ...failed })).toBe(false);
    expect(await isFinished(pool, id)).toBe(false);

    expect(await appendEvents(pool, id, 2, [line('three')])).toBe(true);
    expect(await finishRun(pool, id, { from: { state: 'running', attempt: 2 }, ...failed })).toBe(true);
    expect(await appendEvents(pool, id, 2, [line('after the end')])).toBe(false);
    expect(await finishRun(pool, id, { from: { state: 'running', attempt: 2 }, ...failed })).toBe(false);
    expect(await texts(id)).toEqual(['one', 'two', 'three']);
  });

  it('handles a loss once, however many look at the same time', async () => {
    const worker = await newWorker();
    const id = await newRun();
    await claimRun(pool, id, worker.id);
    const settled: string[] = [];
    await Promise.all(
      Array.from({ length: 5 }, () =>
        recoverLost(pool, [worker.id], async (client, run) => {
          settled.push(run.id);
          await requeue(client, run.id);
        }),
      ),
    );
    expect(settled).toEqual([id]);
  });

  it.each(['forwards', 'back'])(
    'takes each run up once where the clock jumps an hour %s, and the living go on',
    async (way) => {
      const [alive, dead] = [await newWorker(), await newWorker()];
      const [kept, orphan] = [await newRun(), await newRun()];
      await claimRun(pool, kept, alive.id);
      await claimRun(pool, orphan, dead.id);
      const sign = way === 'back' ? '+' : '-';
      await pool.query(`update boundary.workers set seen_at = now() ${sign} interval '1 hour'`);
      // The living one beats; that is its own first step at every look for lost ones.
      await keepLease(pool, alive);
      for (const lost of [[orphan], []]) {
        const runs = await recoverLost(pool, [], (client, run) => requeue(client, run.id));
        expect(runs.map(({ id }) => id)).toEqual(lost);
      }
      expect(await appendEvents(pool, kept, 1, [line('goes on')])).toBe(true);
    },
  );

  it('takes no run from a worker whose lease is fresh, and frees those of one that left without a word', async () => {
    const [alive, left] = [await newWorker(), await newWorker()];
    const [kept, orphan] = [await newRun(), await newRun()];
    await claimRun(pool, kept, alive.id);
    await claimRun(pool, orphan, left.id);
    await giveUpLease(pool, left.id);
    const lost = await recoverLost(pool, [], (client, run) => requeue(client, run.id));
    expect(lost.map(({ id }) => id)).toEqual([orphan]);
  });
});

describe('events', () => {
  it('cannot be changed once stored', async () => {
    const worker = await newWorker();
    const id = await newRun();
    await claimRun(pool, id, worker.id);
    await appendEvents(pool, id, 1, [line('a')]);
    await expect(pool.query(`update boundary.events set body = '{}'`)).rejects.toThrow('append-only');
  });

  it('keep their order when published faster than they are stored, and stop when the run is taken over', async () => {
    const worker = await newWorker();
    const id = await newRun();
    await claimRun(pool, id, worker.id);
    const losses: unknown[] = [];
    const publisher = publishEvents(pool, { id, attempt: 1 }, (reason) => losses.push(reason));
    const all = Array.from({ length: 1_000 }, (_, n) => `${n}`);
    for (const text of all) publisher.publish(line(text));
    await publisher.flush();
    expect(await texts(id)).toEqual(all);
    await releaseRun(pool, id, 1);
    publisher.publish(line('too late'));
    await expect(publisher.flush()).rejects.toMatchObject({ name: 'AttemptOverError' });
    publisher.publish(line('still too late'));
    await expect(publisher.flush()).rejects.toMatchObject({ name: 'AttemptOverError' });
    expect(losses).toHaveLength(1);
    expect(await texts(id)).toEqual(all);
  });
});

describe('places in the queue', () => {
  const told = (id: string) => readEvents(pool, id, 0, 100);
  const tell = () =>
    inTransaction(pool, async (client) => {
      await lockQueue(client);
      await tellPositions(client);
    });

  it('are told when they change and only then, with an estimate as soon as a run has ended here', async () => {
    const worker = await newWorker(2);
    const [first, second, third] = [await newRun(1), await newRun(1), await newRun(0)];
    await tell();
    await tell();
    expect((await told(second)).map(({ seq: _, at: __, ...body }) => body)).toEqual([{ type: 'queued', position: 2 }]);

    await claimRun(pool, third, worker.id);
    await pool.query(`update boundary.runs set started_at = now() - interval '8 seconds' where id = $1`, [third]);
    await finishRun(pool, third, { from: { state: 'running', attempt: 1 }, ...failed });
    await tell();
    const positions = await Promise.all([first, second].map(async (id) => (await told(id)).at(-1)));
    // Two hands are free, so neither waits.
    expect(positions).toMatchObject([
      { position: 0, estimateMs: 0 },
      { position: 1, estimateMs: 0 },
    ]);

    for (const id of [await newRun(0), await newRun(0)]) await claimRun(pool, id, worker.id);
    await newRun(0);
    await tell();
    const last = (await told(second)).at(-1);
    // Both hands are busy and two go before it: two rounds of the 8 s that a run takes here.
    expect(last).toMatchObject({ position: 2 });
    expect(last?.type === 'queued' && last.estimateMs).toBeCloseTo(16_000, -3);
  });
});
