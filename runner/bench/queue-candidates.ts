/** The two job libraries behind one interface, each set up as well as its documentation knows how. */
import { run } from 'graphile-worker';
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { sharesAtLimit } from '../runs/worker.ts';
import { shareFlag } from '../store/queue.ts';
import { quietLogger } from '../store/queue-logger.ts';

export type Job = { id: string; share: string };
export type Handler = (job: Job) => Promise<void>;

export type Candidate = AsyncDisposable & {
  readonly name: string;
  /** Jobs of a smaller rank start first. */
  add(job: Job, rank: number): Promise<void>;
};

export type Start = (connection: pg.ClientConfig, concurrency: number, handler: Handler) => Promise<Candidate>;

/** One share never holds every worker, in both. */
const shareLimit = (concurrency: number) => Math.max(1, concurrency - 1);

export const startGraphile: Start = async (connection, concurrency, handler) => {
  const pool = new pg.Pool({ ...connection, max: 10 });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const active = new Map<string, string>();
  const runner = await run({
    pgPool: pool,
    concurrency,
    pollInterval: 1_000,
    noHandleSignals: true,
    parsedCronItems: [],
    logger: quietLogger,
    schema: 'graphile_bench',
    forbiddenFlags: () => sharesAtLimit([...active.values()], concurrency).map(shareFlag),
    taskList: {
      async bench(payload) {
        const job = payload as Job;
        active.set(job.id, job.share);
        try {
          await handler(job);
        } finally {
          active.delete(job.id);
        }
      },
    },
  });
  return {
    name: 'graphile-worker',
    async add({ id, share }, rank) {
      await pool.query(
        `select graphile_bench.add_job('bench', json_build_object('id', $1::text, 'share', $2::text),
                                       priority => $3, flags => array[$4])`,
        [id, share, rank, shareFlag(share)],
      );
    },
    async [Symbol.asyncDispose]() {
      await runner.stop();
      await pool.end();
    },
  };
};

const queue = 'bench';

export async function startBoss(connection: pg.ClientConfig): Promise<PgBoss> {
  const boss = new PgBoss({
    host: String(connection.host),
    user: String(connection.user),
    database: String(connection.database),
    port: Number(connection.port),
    schema: 'pgboss_bench',
    useListenNotify: true,
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
    schedule: false,
  });
  boss.on('error', () => {});
  await boss.start();
  // Ten seconds is the shortest heartbeat that it allows.
  await boss.createQueue(queue, { notify: true, heartbeatSeconds: 10, retryLimit: 1 });
  return boss;
}

export function workBoss(boss: PgBoss, concurrency: number, handler: Handler): Promise<string> {
  const options = {
    localConcurrency: concurrency,
    groupConcurrency: shareLimit(concurrency),
    pollingIntervalSeconds: 0.5,
    notifyPollingIntervalSeconds: 1,
    batchSize: 1,
  };
  return boss.work<Job>(queue, options, async ([job]) => {
    if (job !== undefined) await handler(job.data);
  });
}

export async function addToBoss(boss: PgBoss, job: Job, rank: number): Promise<void> {
  // Here the greater priority starts first.
  await boss.send(queue, job, { priority: -rank, group: { id: job.share } });
}

export const startPgBoss: Start = async (connection, concurrency, handler) => {
  const boss = await startBoss(connection);
  await workBoss(boss, concurrency, handler);
  return {
    name: 'pg-boss',
    add: (job, rank) => addToBoss(boss, job, rank),
    [Symbol.asyncDispose]: () => boss.stop({ graceful: false }),
  };
};
