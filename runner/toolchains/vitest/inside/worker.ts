/**
 * Vitest's worker in this very process, and in the place of Vitest's main process the little that the worker needs of it:
 * a configuration, modules to evaluate, and somebody who listens. Tests, hooks, `expect`, `vi`, mocks and snapshots are
 * Vitest's own.
 */
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { setImmediate as immediate } from 'node:timers/promises';
import type { SerializedConfig, WorkerGlobalState } from 'vitest';
import type { WorkerRequest, WorkerResponse } from 'vitest/node';
import { init, runBaseTests, setupEnvironment } from 'vitest/worker';
import type { HostMessage, Round } from '../messages.ts';
import type { Answers } from './answers.ts';
import { say } from './frames.ts';
import { Modules } from './modules.ts';
import { faultIn } from './rehearsal-fault.ts';
import { Results } from './results.ts';
import { nextTurn } from './turns.ts';
import { workerConfig } from './worker-config.ts';

/** Not to be replaced by a test's fake timers. */
const turn = immediate;
const root = '/box/work';
const runner = join(import.meta.dirname, 'test-runner.ts');
const config = workerConfig(root, runner);
const environment = { name: 'node', options: null };
const requests = new EventEmitter();
const responses = new EventEmitter();
const rehearsal = join(import.meta.dirname, 'rehearsal');
const modules = new Modules([root, rehearsal]);
let results = new Results(root, say, nextTurn);

/** Where the tests that run now are told of. */
export function resultsOfThisRun(): Results {
  return results;
}

/** Readies the worker: all but the tests. */
export async function startWorker(): Promise<void> {
  await import(runner);
  init({
    post: (message: unknown) => responses.emit('message', message),
    on: (callback) => void requests.on('message', callback),
    off: (callback) => void requests.off('message', callback),
    runTests: (state, traces) => runBaseTests('run', Object.assign(state, { rpc: answering() }), traces),
    collectTests: () => undefined,
    setup: setupEnvironment,
  });
  await ask({
    __vitest_worker_request__: true,
    type: 'start',
    poolId: 1,
    workerId: 1,
    options: { reportMemory: false },
    context: { environment, config, pool: config.pool },
    traces: { enabled: false },
  });
}

/**
 * Runs a few tests of our own and keeps what they say to itself. What has run once is compiled and loaded, and runs about
 * three times as fast from then on; a worker that runs several files one after another is Vitest as it is used anyway.
 *
 * @param containers whether an engine answers, so that one may be started
 * @returns what went otherwise than it should, which is a fault of ours
 */
export async function rehearse(containers: boolean): Promise<string | undefined> {
  const told = results;
  const said: HostMessage[] = [];
  results = new Results(
    rehearsal,
    (message) => said.push(message),
    () => Promise.resolve(),
  );
  await run(
    ['tests.ts', ...(containers ? ['containers.ts'] : [])].map((file) => join(rehearsal, file)),
    config,
  );
  results.finish();
  results = told;
  return faultIn(said);
}

/**
 * Runs test files and tells the runner what happens, up to the end.
 *
 * @param only the name of the one test to run
 * @param rounds how the files are run, and how often; it ends with the first in which something fails
 */
export async function runTests(
  files: readonly string[],
  only: string | undefined,
  rounds: readonly Round[] = [{}],
): Promise<void> {
  const narrowed: SerializedConfig = only === undefined ? config : { ...config, testNamePattern: exactly(only) };
  const paths = files.map((file) => join(root, file));
  for (const [index, { seed, atOnce = false }] of rounds.entries()) {
    results.beginRound({ number: index + 1, of: rounds.length, shuffled: seed !== undefined, atOnce });
    const sequence = { ...config.sequence, shuffle: seed !== undefined, seed: seed ?? 0, concurrent: atOnce };
    // Each round loads the files anew, as a run of its own would.
    await run(paths, { ...narrowed, sequence, isolate: rounds.length > 1 });
    if (results.endRound()) break;
  }
  results.finish();
}

async function run(files: readonly string[], config: SerializedConfig): Promise<void> {
  const context = {
    files: files.map((filepath) => ({ filepath })),
    providedContext: {},
    environment,
    workerId: 1,
    config,
  };
  const { error } = await ask({ __vitest_worker_request__: true, type: 'run', context });
  if (error !== undefined) results.unhandled(error);
  // A signal that has come, as for a file that grew too large, is dealt with in the next turns of the event loop, and may
  // end the process: then it did not come to the end.
  for (let turns = 0; turns < 3; turns++) await turn();
}

async function ask(request: WorkerRequest): Promise<WorkerResponse> {
  const answer = once(responses, 'message');
  requests.emit('message', request);
  const [response] = (await answer) as [WorkerResponse];
  if (response.type === 'started' && response.error !== undefined) throw response.error;
  return response;
}

/** What the worker calls; in a Vitest of several processes these calls cross from one to another. */
function answering(): WorkerGlobalState['rpc'] {
  const nothing = () => Promise.resolve();
  const answers: Partial<Answers> = {
    fetch: modules.fetch,
    resolve: modules.resolve,
    fetchWarmModules: () => Promise.resolve({}),
    onQueued: nothing,
    onCollected: async (files) => results.plan(files),
    // Tests are told of by the test runner, sooner than by the updates that the worker gathers.
    onTaskUpdate: nothing,
    onTaskArtifactRecord: (_id, artifact) => Promise.resolve(artifact),
    onUnhandledError: async (error) => results.unhandled(error),
    onUserConsoleLog: nothing,
    onAsyncLeaks: nothing,
    onCancel: nothing,
    getCountOfFailedTests: () => Promise.resolve(0),
    snapshotSaved: nothing,
    resolveSnapshotPath: (path) => Promise.resolve(snapshotPath(path)),
    $rejectPendingCalls: () => [],
  };
  return answers as unknown as WorkerGlobalState['rpc'];
}

/** Beside the tests, as everywhere: `__snapshots__/name.test.ts.snap`. */
function snapshotPath(path: string): string {
  const cut = path.lastIndexOf('/');
  return `${path.slice(0, cut)}/__snapshots__/${path.slice(cut + 1)}.snap`;
}

/** Vitest matches patterns against the full name, suites and title joined as ours are. */
function exactly(name: string): RegExp {
  // One of several with the same name runs with the others; Vitest cannot tell them apart.
  return new RegExp(`^${RegExp.escape(name.replace(/ #\d+$/, ''))}$`);
}
