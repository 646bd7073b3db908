import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemSchema, runEventSchema, runSchema } from '../../protocol.ts';
import {
  editable,
  exercise,
  followStream,
  Learner,
  startTestServer,
  submissionOf,
  type TestServer,
} from './test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

describe('a run', () => {
  it('goes from accepted to verdict, and its events are numbered from 1 without gaps', async () => {
    const learner = new Learner(server.address);
    const response = await learner.post('/api/runs', submissionOf('output 500'));
    expect(response.status).toBe(202);
    const { id, events: address, key } = await response.json();
    expect(response.headers.get('location')).toBe(`/api/runs/${id}`);
    expect(address).toBe(`/api/runs/${id}/events`);
    expect(key).toMatch(/^[\w-]{43}$/);

    const { events, code } = await learner.follow(id);
    expect(code).toBe(1000);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, place) => place + 1));
    for (const event of events) runEventSchema.parse(event);
    expect(events[0]).toMatchObject({ type: 'queued', position: 0 });
    expect(events.filter(({ type }) => type === 'output')).toHaveLength(500);
    expect(events.at(-2)).toMatchObject({ type: 'verdict', verdict: { outcome: 'passed' } });
    expect(events.at(-1)).toMatchObject({ type: 'finished', outcome: 'passed' });

    const run = runSchema.parse(await learner.run(id));
    expect(run).toMatchObject({ exercise, state: 'finished', outcome: 'passed' });
    expect(run.timings?.total).toBeGreaterThanOrEqual(0);
  });

  it('is read from any place in the stream, again and again, without loss or repetition', async () => {
    const learner = new Learner(server.address);
    const { id } = await learner.submit('output 300');
    const first = await learner.follow(id, 0, ({ seq }) => seq === 7);
    const seen = first.events.slice(0, 7);
    const rest = await learner.follow(id, 7);
    const whole = await learner.follow(id);
    expect([...seen, ...rest.events]).toEqual(whole.events);
    const last = whole.events.at(-1)?.seq ?? 0;
    expect(await learner.follow(id, last)).toEqual({ events: [], code: 1000 });
    expect(await learner.follow(id, last + 1000)).toEqual({ events: [], code: 1000 });
  });

  it('stores text that JSON in PostgreSQL cannot hold', async () => {
    const learner = new Learner(server.address);
    const { id } = await learner.submit(String.raw`text "a\u0000b\ud800c"`);
    const { events } = await learner.follow(id);
    expect(events.find(({ type }) => type === 'output')).toMatchObject({ text: 'a\uFFFDb\uFFFDc' });
  });

  it('ends in runner-error, with nothing of the machine room told, when grading fails', async () => {
    const learner = new Learner(server.address);
    const { id } = await learner.submit('throw');
    const { events } = await learner.follow(id);
    expect(events.at(-1)).toMatchObject({ type: 'finished', outcome: 'runner-error' });
    expect(JSON.stringify(events)).not.toContain('secret');
    expect(await learner.run(id)).toMatchObject({ state: 'finished', outcome: 'runner-error', verdict: null });
  });

  it('starts with the starter’s text for files that were not sent, and with `only` where it was', async () => {
    const learner = new Learner(server.address);
    const response = await learner.post('/api/runs', { ...submissionOf('pass'), only: 'saves > a user' });
    const { id } = await response.json();
    await learner.follow(id);
    const job = server.grader.jobs.find(({ runId }) => runId === id);
    expect(job).toMatchObject({ only: 'saves > a user', language: 'typescript', attempt: 1 });
    expect(job?.exercise.slug).toBe(exercise);
  });
});

describe('cancelling', () => {
  it('stops a running run', async () => {
    const learner = new Learner(server.address);
    const { id } = await learner.submit('hang');
    await learner.follow(id, 0, ({ type }) => type === 'started');
    expect((await learner.post(`/api/runs/${id}/cancel`)).status).toBe(202);
    const { events } = await learner.follow(id);
    expect(events.at(-1)).toMatchObject({ type: 'finished', outcome: 'cancelled' });
    // Again, on a finished run: nothing happens.
    const again = await learner.post(`/api/runs/${id}/cancel`);
    expect(again.status).toBe(202);
    expect(await again.json()).toMatchObject({ state: 'finished', outcome: 'cancelled' });
    expect((await learner.follow(id)).events).toEqual(events);
  });

  it('ends a waiting run at once, and the others move up', async () => {
    const busy = [await Learner.known(server.address), await Learner.known(server.address)];
    const hanging = await Promise.all(busy.map((learner) => learner.submit('hang')));
    await Promise.all(busy.map((learner, n) => learner.follow(hanging[n]?.id ?? '', 0, (e) => e.type === 'started')));
    const first = new Learner(server.address);
    const second = new Learner(server.address);
    const one = await first.submit('pass');
    const two = await second.submit('pass');
    const places = second.follow(two.id);
    await wait(50);
    expect(await (await first.post(`/api/runs/${one.id}/cancel`)).json()).toMatchObject({ outcome: 'cancelled' });
    expect((await first.follow(one.id)).events.map(({ type }) => type)).toEqual(['queued', 'finished']);
    await Promise.all(busy.map((learner, n) => learner.post(`/api/runs/${hanging[n]?.id}/cancel`)));
    const { events } = await places;
    expect(events.flatMap((event) => (event.type === 'queued' ? [event.position] : []))).toEqual([1, 0]);
    expect(events.at(-1)).toMatchObject({ outcome: 'passed' });
    expect(server.grader.jobs.some(({ runId }) => runId === one.id)).toBe(false);
  });
});

describe('whose run it is', () => {
  it('shows a run to its cookie and to its key, and to nobody else', async () => {
    const learner = new Learner(server.address);
    const { id, key } = await learner.submit('pass');
    await learner.follow(id);
    const url = `${server.address}/api/runs/${id}`;
    const byKey = { authorization: `Bearer ${key}` };
    expect((await fetch(url, { headers: byKey })).status).toBe(200);
    expect((await followStream(`${url}/events`, byKey)).code).toBe(1000);

    const stranger = new Learner(server.address);
    const other = await stranger.submit('pass');
    await stranger.follow(other.id);
    for (const headers of [
      {},
      { cookie: stranger.cookie ?? '' },
      { authorization: `Bearer ${other.key}` },
      { cookie: `${learner.cookie?.slice(0, -4)}AAAA` },
    ]) {
      const response = await fetch(url, { headers });
      expect(response.status).toBe(404);
      expect(problemSchema.parse(await response.json()).code).toBe('run-not-found');
      expect((await fetch(`${url}/cancel`, { method: 'POST', headers })).status).toBe(404);
      await expect(followStream(`${url}/events`, headers)).rejects.toMatchObject({ status: 404 });
    }
    await expect(followStream(`${server.address}/api/runs/nonsense/events`, {})).rejects.toMatchObject({ status: 404 });
  });

  it('tells a stranger nothing of it by any address, and the same of a run that there is as of one that there is not', async () => {
    const learner = new Learner(server.address);
    const { id } = await learner.submit('pass');
    await learner.follow(id);
    const stranger = await Learner.known(server.address);
    const headers = { cookie: stranger.cookie ?? '' };
    const told = async (path: string, method = 'GET') => {
      const response = await fetch(server.address + path, { method, headers });
      return [response.status, await response.text()];
    };
    const none = '00000000-0000-4000-8000-000000000000';
    for (const at of ['', '/files', '/events', '/cancel']) {
      const method = at === '/cancel' ? 'POST' : 'GET';
      const answer = await told(`/api/runs/${id}${at}`, method);
      expect(answer).toEqual(await told(`/api/runs/${none}${at}`, method));
      expect(answer[0]).toBe(404);
      for (const other of [id.toUpperCase(), `${id}%00`, `${id}%20`, `{${id}}`, id.replaceAll('-', '')]) {
        expect((await told(`/api/runs/${other}${at}`, method))[0]).toBe(404);
      }
    }
  });

  it.each(['-1', '1.5', '2147483648', '99999999999999999999', '1e400', 'NaN', 'x', '[1]', '1&after=2', '%00'])(
    'follows no events after the number %s',
    async (after) => {
      const learner = new Learner(server.address);
      const { id, events } = await learner.submit('pass');
      await learner.follow(id);
      const url = `${server.address}${events}?after=${after}`;
      await expect(followStream(url, { cookie: learner.cookie ?? '' })).rejects.toMatchObject({ status: 400 });
    },
  );

  it('gives a cookie that scripts cannot read and other sites cannot send', async () => {
    const learner = new Learner(server.address);
    const response = await learner.post('/api/runs', submissionOf('pass'));
    await learner.follow((await response.json()).id);
    const [cookie] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^boundary_learner=.*HttpOnly.*SameSite=Lax/);
    expect(cookie).not.toContain('Secure');
  });
});

describe('what is refused', () => {
  it.each([
    ['an unknown exercise', { ...submissionOf('pass'), exercise: 'nope' }, 404, 'exercise-not-found'],
    ['an unknown language', { ...submissionOf('pass'), language: 'cobol' }, 404, 'language-not-offered'],
    ['a path that climbs', { ...submissionOf('pass'), files: { '../x.ts': '' } }, 422, 'submission-rejected'],
    ['a field that does not exist', { ...submissionOf('pass'), extra: 1 }, 422, 'submission-rejected'],
    ['no files', { ...submissionOf('pass'), files: {} }, 422, 'submission-rejected'],
    [
      'text beyond the limit',
      { ...submissionOf('pass'), files: { [editable]: 'x'.repeat(256 * 1024) } },
      413,
      'submission-too-large',
    ],
    [
      'a body beyond the limit',
      { ...submissionOf('pass'), files: { [editable]: 'x'.repeat(3 << 20) } },
      413,
      'submission-too-large',
    ],
    ['a body that is no JSON', '{', 400, 'request-malformed'],
    ['a body that pollutes', '{"__proto__":{"a":1}}', 400, 'request-malformed'],
  ])('%s', async (_what, body, status, code) => {
    const before = server.grader.jobs.length;
    const response = await new Learner(server.address).post('/api/runs', body);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(problemSchema.parse(await response.json())).toMatchObject({ code, status });
    expect(server.grader.jobs).toHaveLength(before);
  });

  it('text instead of JSON', async () => {
    const response = await new Learner(server.address).post('/api/runs', '{}', { 'content-type': 'text/plain' });
    expect(response.status).toBe(415);
  });

  it('requests that a page of another origin sent', async () => {
    const learner = new Learner(server.address);
    const { id } = await learner.submit('pass');
    const foreign = { origin: 'https://evil.example' };
    const response = await learner.post('/api/runs', submissionOf('pass'), foreign);
    expect(response.status).toBe(403);
    expect((await learner.post(`/api/runs/${id}/cancel`, undefined, foreign)).status).toBe(403);
    const events = `${server.address}/api/runs/${id}/events`;
    await expect(followStream(events, { cookie: learner.cookie ?? '', ...foreign })).rejects.toMatchObject({
      status: 403,
    });
    expect((await followStream(events, { cookie: learner.cookie ?? '', origin: server.address })).code).toBe(1000);
  });

  it('an event stream asked for without a WebSocket, and a place in it that is no number', async () => {
    const learner = new Learner(server.address);
    const { id } = await learner.submit('pass');
    const url = `${server.address}/api/runs/${id}/events`;
    const headers = { cookie: learner.cookie ?? '' };
    expect((await fetch(url, { headers })).status).toBe(426);
    await expect(followStream(`${url}?after=x`, headers)).rejects.toMatchObject({ status: 400 });
  });

  it('frames beyond 64 KiB', async () => {
    const { WebSocket } = await import('ws');
    const learner = new Learner(server.address);
    const { id } = await learner.submit('hang');
    const url = `${server.address}/api/runs/${id}/events`.replace('http', 'ws');
    const socket = new WebSocket(url, { headers: { cookie: learner.cookie ?? '' } });
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    socket.once('open', () => socket.send('x'.repeat(64 * 1024 + 1)));
    expect(await closed).toBe(1009);
    await learner.post(`/api/runs/${id}/cancel`);
  });
});
