import { afterEach, beforeEach, expect, it } from 'vitest';
import { problemSchema } from '../../protocol.ts';
import { Learner, startTestServer, submissionOf, type TestServer } from './test-server.ts';

let server: TestServer;
let env: Record<string, string> = {};
beforeEach(async () => {
  server = await startTestServer(env);
});
afterEach(() => server[Symbol.asyncDispose]());

env = { WORKERS: '2' };
it('one learner’s burst does not delay another’s first run, not even while it holds workers', async () => {
  const busy = await Learner.known(server.address);
  const other = await Learner.known(server.address);
  const burst = await Promise.all(Array.from({ length: 10 }, () => busy.submit('hang')));
  const { id } = await other.submit('pass');
  const { events } = await other.follow(id);
  expect(events.at(-1)).toMatchObject({ outcome: 'passed' });
  // All that the burst got meanwhile is one of the two workers.
  const states = await Promise.all(burst.map(async (run) => (await busy.run(run.id)).state));
  expect(states.filter((state) => state === 'running')).toHaveLength(1);
  await Promise.all(burst.map((run) => busy.post(`/api/runs/${run.id}/cancel`)));
});

it('everyone’s first run starts before anyone’s second', async () => {
  const [one, two, three] = await Promise.all([1, 2, 3].map(() => Learner.known(server.address)));
  if (!one || !two || !three) throw new Error('unreachable');
  // Both workers are taken, by two learners.
  const holders = [await one.submit('wait 400'), await two.submit('wait 400')];
  await one.follow(holders[0]?.id ?? '', 0, ({ type }) => type === 'started');
  await two.follow(holders[1]?.id ?? '', 0, ({ type }) => type === 'started');
  const seconds = [await one.submit('pass'), await one.submit('pass'), await two.submit('pass')];
  const first = await three.submit('pass');
  await Promise.all([...seconds.slice(0, 2).map(({ id }) => one.follow(id)), two.follow(seconds[2]?.id ?? '')]);
  await three.follow(first.id);
  const order = server.grader.jobs.map(({ runId }) => runId).slice(-4);
  expect(order[0]).toBe(first.id);
  // Who waits is told that somebody was let in before: the place went up, then down.
  const { events } = await one.follow(seconds[0]?.id ?? '');
  expect(events.flatMap((event) => (event.type === 'queued' ? [event.position] : [])).slice(0, 2)).toEqual([0, 1]);
});

it('a full queue and a learner with too many runs are 429 with Retry-After', async () => {
  const busy = await Learner.known(server.address);
  const runs = await Promise.all(Array.from({ length: 10 }, () => busy.submit('hang')));
  const refused = await busy.post('/api/runs', submissionOf('pass'));
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  expect(problemSchema.parse(await refused.json()).code).toBe('learner-queue-full');
  await Promise.all(runs.map(({ id }) => busy.post(`/api/runs/${id}/cancel`)));
  env = { WORKERS: '1', QUEUE_MAX: '4', PUBLIC_ORIGIN: 'https://learn.example.org' };
});

it('a queue of 4 takes four beside the one that runs, at most two of one address, and no fifth', async () => {
  const learner = await Learner.known(server.address);
  const running = await learner.submit('hang');
  await learner.follow(running.id, 0, ({ type }) => type === 'started');
  // Each of these comes without a cookie and is given one of its own.
  const from = (address: string) =>
    fetch(`${server.address}/api/runs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
      body: JSON.stringify(submissionOf('pass')),
    });
  for (let i = 0; i < 2; i++) expect((await from('192.0.2.7')).status).toBe(202);
  const third = await from('192.0.2.7');
  expect(third.status).toBe(429);
  expect(problemSchema.parse(await third.json()).code).toBe('address-queue-full');
  expect((await from('192.0.2.8')).status).toBe(202);
  const waiting = [await learner.submit('pass')];
  const stranger = await new Learner(server.address).post('/api/runs', submissionOf('pass'));
  expect(stranger.status).toBe(429);
  expect(problemSchema.parse(await stranger.json()).code).toBe('queue-full');
  await learner.post(`/api/runs/${running.id}/cancel`);
  for (const { id } of waiting) expect((await learner.follow(id)).code).toBe(1000);
});
