/**
 * Compares graphile-worker and pg-boss on one real PostgreSQL, side by side in one run: time from add to start,
 * fairness among learners, and how soon a lost worker's job starts again. The figures in `content/docs/decisions.md`
 * are its output.
 *
 *     node runner/cli/unprivileged.ts node runner/bench/queue-libraries.ts
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { startEmbeddedPostgres } from '../store/embedded.ts';
import { median } from './figures.ts';
import { type Candidate, type Start, startGraphile, startPgBoss } from './queue-candidates.ts';
import { type Library, measureTakeover } from './queue-lost-worker.ts';

const latencyRounds = 5;
const jobsPerRound = 60;
/** Left out of each round: connections and statements are warmed by them. */
const warmUpJobs = 10;
const burstRounds = 10;
const takeoverRounds = 3;
const starts: Record<Library, Start> = { 'graphile-worker': startGraphile, 'pg-boss': startPgBoss };
const libraries = Object.keys(starts) as Library[];

const folder = mkdtempSync(join(tmpdir(), 'boundary-bench-'));
const server = await startEmbeddedPostgres(folder);
const admin = new pg.Pool(server.connection);
let databases = 0;
try {
  const { rows } = await admin.query('show server_version');
  console.log(`PostgreSQL ${rows[0].server_version}, Node ${process.version}; ms, median (slowest)\n`);
  await compare('from add to start, two idle workers', latencyRounds, latency);
  await compare('from add to start for one learner’s only job, behind another’s burst of 20', burstRounds, behindBurst);
  for (const loss of ['SIGKILL', 'SIGSTOP'] as const) {
    const takeover = async (library: Library) => [await measureTakeover(library, await freshDatabase(), loss)];
    await compare(`from the loss of a worker (${loss}) to the next start of its job`, takeoverRounds, takeover);
  }
} finally {
  await admin.end();
  await server[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
}

async function compare(what: string, rounds: number, measure: (library: Library) => Promise<number[]>): Promise<void> {
  const samples: Record<Library, number[]> = { 'graphile-worker': [], 'pg-boss': [] };
  // In turns, so that a slow spell of the machine meets both.
  for (let round = 0; round < rounds; round++) {
    for (const library of libraries) samples[library].push(...(await measure(library)));
  }
  console.log(what);
  for (const library of libraries) {
    const times = samples[library];
    console.log(
      `  ${library.padEnd(16)} ${median(times).toFixed(1)} (${Math.max(...times).toFixed(1)}), n=${times.length}`,
    );
  }
  console.log(
    `  pg-boss / graphile-worker ${(median(samples['pg-boss']) / median(samples['graphile-worker'])).toFixed(2)}\n`,
  );
}

async function latency(library: Library): Promise<number[]> {
  const started = new Map<string, () => void>();
  await using candidate = await starts[library](await freshDatabase(), 2, async ({ id }) => started.get(id)?.());
  const samples: number[] = [];
  for (let n = 0; n < jobsPerRound; n++) {
    await wait(10);
    samples.push(await timeToStart(candidate, started, 'a'));
  }
  return samples.slice(warmUpJobs);
}

/** Each job of the burst takes 100 ms, and the burst alone would keep two workers busy for a second. */
async function behindBurst(library: Library): Promise<number[]> {
  const started = new Map<string, () => void>();
  await using candidate = await starts[library](await freshDatabase(), 2, async ({ id, share }) => {
    started.get(id)?.();
    if (share === 'busy') await wait(100);
  });
  for (let rank = 0; rank < 20; rank++) await candidate.add({ id: randomUUID(), share: 'busy' }, rank);
  await wait(250);
  return [await timeToStart(candidate, started, 'other')];
}

async function timeToStart(candidate: Candidate, started: Map<string, () => void>, share: string): Promise<number> {
  const job = { id: randomUUID(), share };
  const start = new Promise<void>((resolve) => started.set(job.id, resolve));
  const before = performance.now();
  await candidate.add(job, 0);
  await start;
  return performance.now() - before;
}

async function freshDatabase(): Promise<pg.ClientConfig> {
  const database = `bench${databases++}`;
  await admin.query(`create database ${database}`);
  return { ...server.connection, database };
}
