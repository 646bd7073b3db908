import { afterAll, beforeAll, expect, it } from 'vitest';
import { runSummarySchema } from '../../protocol.ts';
import { editable, exercise, Learner, startTestServer, submissionOf, type TestServer } from './test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const get = (path: string, cookie = '') => fetch(server.address + path, { headers: { cookie } });

it('lists a learner’s runs of an exercise, the newest first, and gives each one’s files back to them alone', async () => {
  const learner = new Learner(server.address);
  const first = await learner.submit('pass');
  await learner.follow(first.id);
  const partial = await (await learner.post('/api/runs', { ...submissionOf('pass'), only: 'saves' })).json();
  await learner.follow(partial.id);

  const list = await (await get(`/api/exercises/${exercise}/runs`, learner.cookie)).json();
  const runs = runSummarySchema.array().parse(list);
  expect(runs.map(({ id, only, state, outcome }) => ({ id, only, state, outcome }))).toEqual([
    { id: partial.id, only: 'saves', state: 'finished', outcome: 'passed' },
    { id: first.id, only: null, state: 'finished', outcome: 'passed' },
  ]);
  const files = await get(`/api/runs/${first.id}/files`, learner.cookie);
  expect(await files.json()).toEqual({ files: { [editable]: '// pass\n' } });

  const stranger = await Learner.known(server.address);
  expect((await get(`/api/runs/${first.id}/files`, stranger.cookie)).status).toBe(404);
  expect((await get(`/api/runs/${first.id}/files`)).status).toBe(404);
  const theirs = await (await get(`/api/exercises/${exercise}/runs`, stranger.cookie)).json();
  expect(theirs).toHaveLength(1);
  expect(await (await get(`/api/exercises/${exercise}/runs`)).json()).toEqual([]);
  expect((await get('/api/exercises/none/runs', learner.cookie)).status).toBe(404);
});
