/** What Prometheus is told. Names and labels are a contract with dashboards: `content/docs/metrics.md` lists them all. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What is looked up at each scrape, so that a number is never older than the question. */
export type Readings = {
  queue(): Promise<{ queued: number; oldestSeconds: number; running: number; workers: number; hands: number }>;
  store(): Promise<{ bytes: number; oldestRunSeconds: number }>;
  streams(): number;
  sandboxes(): number;
  /** Spares that are ready, by kind. */
  spares(): Readonly<Record<string, number>>;
};

export type Metrics = ReturnType<typeof createMetrics>;

const runBuckets = [0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60];
const requestBuckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

export function createMetrics(readings: Readings) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const read = gauges(registry, readings);
  return {
    contentType: registry.contentType,
    /** All of it as Prometheus reads it, looked up now. */
    async scrape(): Promise<string> {
      await read();
      return registry.metrics();
    },
    runsFinished: new Counter({
      name: 'boundary_runs_finished_total',
      help: 'Attempts at runs that this runner graded, by how they ended.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    variantsFinished: new Counter({
      name: 'boundary_variants_finished_total',
      help: 'Variants that this runner ran, by how they ended. Outcomes that name a limit are limits that were hit.',
      labelNames: ['kind', 'outcome'] as const,
      registers,
    }),
    submissions: new Counter({
      name: 'boundary_submissions_total',
      help: 'Submissions by the answer: accepted, or the status of the refusal.',
      labelNames: ['answer'] as const,
      registers,
    }),
    queueSeconds: new Histogram({
      name: 'boundary_run_queue_seconds',
      help: 'From accepted to started.',
      buckets: runBuckets,
      registers,
    }),
    firstTestSeconds: new Histogram({
      name: 'boundary_run_first_test_seconds',
      help: 'From accepted to the first result of a test.',
      buckets: runBuckets,
      registers,
    }),
    runSeconds: new Histogram({
      name: 'boundary_run_seconds',
      help: 'From accepted to the end.',
      buckets: runBuckets,
      registers,
    }),
    containerSeconds: new Histogram({
      name: 'boundary_container_start_seconds',
      help: 'From the start of a container to its running.',
      buckets: requestBuckets,
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'boundary_http_request_seconds',
      help: 'HTTP answers by route; an event stream counts until it is opened.',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: requestBuckets,
      registers,
    }),
  };
}

/** Returns what looks everything up. Where the store does not answer, the numbers that it has are left as they were. */
function gauges(registry: Registry, readings: Readings): () => Promise<void> {
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] });
  const queue = {
    queued: gauge('boundary_queue_runs', 'Runs that wait.'),
    oldestSeconds: gauge('boundary_queue_oldest_seconds', 'For how long the run that waits longest has waited.'),
    running: gauge('boundary_runs_running', 'Runs that are being graded, by all runners on this store.'),
    workers: gauge('boundary_workers', 'Runners whose lease is fresh.'),
    hands: gauge('boundary_worker_hands', 'Runs that those can grade at once.'),
  };
  const store = {
    bytes: gauge('boundary_store_bytes', 'What the database takes up on its disk, less its log of changes.'),
    oldestRunSeconds: gauge(
      'boundary_store_oldest_run_seconds',
      'For how long the oldest run that is kept has been finished.',
    ),
  };
  const storeUp = gauge(
    'boundary_store_up',
    '1 where the store answered, else 0, and what it knows is as it was before.',
  );
  const streams = gauge('boundary_event_streams', 'Event streams that are open.');
  const sandboxes = gauge('boundary_sandboxes', 'Sandboxes that exist now, spare ones included.');
  const spares = new Gauge({
    name: 'boundary_spares',
    help: 'Things that are kept ready, so that a run need not wait for them.',
    labelNames: ['kind'],
    registers: [registry],
  });
  return async () => {
    streams.set(readings.streams());
    sandboxes.set(readings.sandboxes());
    for (const [kind, count] of Object.entries(readings.spares())) spares.set({ kind }, count);
    try {
      const [queueNow, storeNow] = await Promise.all([readings.queue(), readings.store()]);
      for (const name of Object.keys(queue) as (keyof typeof queue)[]) queue[name].set(queueNow[name]);
      for (const name of Object.keys(store) as (keyof typeof store)[]) store[name].set(storeNow[name]);
      storeUp.set(1);
    } catch {
      storeUp.set(0);
    }
  };
}
