import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { pino } from 'pino';
import { type ExerciseDefinition, loadExercises } from '../../../exercises/format.ts';
import { buildApp } from '../../app.ts';
import { parseConfig } from '../../config.ts';
import { ServiceError } from '../../errors.ts';
import { OpenStreams } from '../../routes/open-streams.ts';
import { queueState, storeSize } from '../../store/overview.ts';
import { listenForSignals, type Signals } from '../../store/signals.ts';
import { createMetrics } from '../../watch/metrics.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { openTestStore } from './test-store.ts';

const exercisesRoot = join(import.meta.dirname, '..', '..', '..', 'exercises');
const log = pino({ level: 'silent' });
const load = { sandboxes: () => 0, spares: () => ({ sandbox: 3 }) };

type Store = Awaited<ReturnType<typeof openTestStore>>;

/** A store and a site of a few pages, and apps over them that never listen: tests inject what they ask. */
export class TestApps implements AsyncDisposable {
  /** What the app that was opened last holds open, two for an address at the most. */
  streams = new OpenStreams(2);
  storeReachable = true;
  graderReady = true;
  readonly #folder = temporaryFolder();
  readonly #siteRoot = join(this.#folder.path, 'site');
  readonly #store: Store;
  readonly #signals: Signals;
  readonly exercises: readonly ExerciseDefinition[];

  private constructor(store: Store, signals: Signals, exercises: readonly ExerciseDefinition[]) {
    this.#store = store;
    this.#signals = signals;
    this.exercises = exercises;
    writeSite(this.#siteRoot);
  }

  static async start(): Promise<TestApps> {
    const store = await openTestStore();
    return new TestApps(store, await listenForSignals(store.connection, log), await loadExercises(exercisesRoot));
  }

  get pool(): pg.Pool {
    return this.#store.pool;
  }

  get connection(): Store['connection'] {
    return this.#store.connection;
  }

  /** With what the environment sets, and a pool or a site of the test's own. It is the caller's to close. */
  async open(
    env: Record<string, string> = {},
    { pool = this.pool, siteRoot = this.#siteRoot }: { pool?: pg.Pool; siteRoot?: string } = {},
  ): Promise<FastifyInstance> {
    const streams = new OpenStreams(2);
    this.streams = streams;
    return buildApp({
      config: parseConfig({ DATA_DIR: this.#folder.path, ...env }),
      cookieSecret: 'a secret of at least thirty-two characters',
      exercises: new Map(this.exercises.map((exercise) => [exercise.slug, exercise])),
      log,
      pool,
      signals: this.#signals,
      streams,
      load,
      metrics: createMetrics({
        ...load,
        queue: () => queueState(pool),
        store: () => storeSize(pool),
        streams: () => streams.total,
      }),
      siteRoot,
      ping: async () => {
        if (!this.storeReachable) throw new ServiceError('store-unavailable');
      },
      readiness: () => ({
        ready: this.graderReady,
        containment: 'rlimits',
        notices: this.graderReady ? [] : ['No sandbox.'],
      }),
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#signals[Symbol.asyncDispose]();
    await this.#store[Symbol.asyncDispose]();
    this.#folder[Symbol.dispose]();
  }
}

function writeSite(root: string): void {
  mkdirSync(join(root, '_astro'), { recursive: true });
  mkdirSync(join(root, 'lessons'));
  writeFileSync(join(root, 'index.html'), '<h1>home</h1>');
  writeFileSync(join(root, '404.html'), '<h1>lost</h1>');
  writeFileSync(join(root, 'lessons', 'index.html'), '<h1>lessons</h1>');
  writeFileSync(join(root, '_astro', 'a.DEADBEEF.js'), 'void 0');
  writeFileSync(join(root, '_astro', 'a.DEADBEEF.js.br'), brotliCompressSync('void 0'));
}
