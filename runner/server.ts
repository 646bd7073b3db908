/** Composes store, queue, grader and app, and listens. Signals are the caller's to trap. */
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { loadProofs, proofAsExercise } from '../content/proofs/format.ts';
import { loadExercises } from '../exercises/format.ts';
import { buildApp } from './app.ts';
import type { Config } from './config.ts';
import { describeError } from './describe-error.ts';
import { ServiceError } from './errors.ts';
import type { Grader } from './grading/contract.ts';
import type { DockerComparison } from './protocol.ts';
import { OpenStreams } from './routes/open-streams.ts';
import { isLoopback } from './routes/request-origin.ts';
import { keepPositionsTold } from './runs/positions.ts';
import { keepTidy } from './runs/retention.ts';
import { startWorker } from './runs/worker.ts';
import { liveSandboxes } from './sandbox/index.ts';
import { cookieSecretFor } from './store/cookie-secret.ts';
import { lockDataDir } from './store/data-dir-lock.ts';
import { queueState, storeSize } from './store/overview.ts';
import { listenForSignals } from './store/signals.ts';
import { openStore } from './store/store.ts';
import { createMetrics } from './watch/metrics.ts';
import { watchRuns } from './watch/run-watch.ts';
import { startTracing } from './watch/tracing.ts';

export type ServerDependencies = {
  /** Started; it stays the caller's to dispose, after the server. */
  grader: Grader;
  /** What the installation's benchmark measured, to be told to learners. */
  docker?: DockerComparison | undefined;
  /** Folders other than the project's own, for tests. */
  exercisesRoot?: string;
  siteRoot?: string;
};

export type StartedServer = AsyncDisposable & {
  /** Where it listens, such as `http://127.0.0.1:4321`. */
  readonly address: string;
};

const projectExercises = join(import.meta.dirname, '..', 'exercises');
const projectProofs = join(import.meta.dirname, '..', 'content', 'proofs');

/** Should a library ever log what carries them: they would let a reader of the log pass for a learner. */
const redact = ['*.authorization', '*.cookie', '*.password', '*.headers.authorization', '*.headers.cookie'];

/** Runs may go on for so long after the server was told to stop; then they are given back to the queue. */
const drainMs = 2_000;

/**
 * Starts the service. Disposing closes the connections, lets runs end or gives them back to the queue, and stops the
 * store. Throws {@link ServiceError} with a code that `content/docs/errors.md` lists as one that stops the runner, or
 * what `loadExercises` throws.
 */
export async function startServer(config: Config, dependencies: ServerDependencies): Promise<StartedServer> {
  const { docker, exercisesRoot = projectExercises, grader, siteRoot } = dependencies;
  if (grader.readiness.containment === 'none' && !isLoopback(config.host)) {
    throw new ServiceError('uncontained-host', { host: config.host });
  }
  const log = pino({ level: config.logLevel, redact, serializers: { err: describeError } });
  const runnable = [...(await loadExercises(exercisesRoot)), ...(await loadProofs(projectProofs)).map(proofAsExercise)];
  const exercises = new Map(runnable.map((exercise) => [exercise.slug, exercise]));

  await using undo = new AsyncDisposableStack();
  undo.use(await startTracing(process.env));
  const lock =
    config.databaseUrl === undefined
      ? undo.use(await lockDataDir(config.dataDir, addressText(config.host, config.port)))
      : undefined;
  const store = undo.use(await openStore(config, log));
  const signals = undo.use(await listenForSignals(store.connection, log));
  const positions = undo.use(keepPositionsTold(store.pool, log));
  const { exclusive, pool } = store;
  undo.use(keepTidy(pool, config, log));
  const streams = new OpenStreams(config.streamsPerAddress);
  const load = { sandboxes: liveSandboxes, spares: () => grader.spares() };
  const metrics = createMetrics({
    ...load,
    queue: () => queueState(pool),
    store: () => storeSize(pool),
    streams: () => streams.total,
  });
  const watch = watchRuns(metrics, log);
  const app = await buildApp({
    config,
    cookieSecret: cookieSecretFor(config),
    exercises,
    load,
    log,
    metrics,
    ping: () => store.ping(),
    pool,
    readiness: () => ({ ...grader.readiness, ...(docker && { docker }) }),
    signals,
    streams,
    ...(siteRoot === undefined ? {} : { siteRoot }),
  });
  const capacity = config.workers;
  undo.use(
    await startWorker({ capacity, drainMs, exclusive, exercises, grader, log, pool, positions, signals, watch }),
  );
  // Closed first: nothing new comes in while the runs end.
  undo.defer(() => app.close());
  const address = await listen(app, config);
  lock?.announce(address);
  const resources = undo.move();
  return { address, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}

async function listen(app: FastifyInstance, { host, port }: Pick<Config, 'host' | 'port'>): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new ServiceError('address-in-use', { host, port }, { cause });
    throw new ServiceError('address-unusable', { host, port, reason: message }, { cause });
  }
  return addressText(host, (app.server.address() as AddressInfo).port);
}

function addressText(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
