/**
 * A worker in a process of its own that takes jobs and never ends one. Prints “ready”, then “taken” for each job.
 * Arguments: the library, and the connection as JSON. graphile-worker comes as the product uses it, with its leases.
 */
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { loadExercises } from '../../exercises/format.ts';
import type { Grader } from '../grading/contract.ts';
import { keepPositionsTold } from '../runs/positions.ts';
import { startWorker } from '../runs/worker.ts';
import { listenForSignals } from '../store/signals.ts';
import { startBoss, workBoss } from './queue-candidates.ts';

const [library, connectionText = ''] = process.argv.slice(2);
const connection: pg.ClientConfig = JSON.parse(connectionText);

function take(): Promise<never> {
  console.log('taken');
  return new Promise<never>(() => {});
}

async function workLikeTheProduct(): Promise<void> {
  const log = pino({ level: 'silent' });
  const pool = new pg.Pool(connection);
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const exercises = await loadExercises(join(import.meta.dirname, '..', '..', 'exercises'));
  const grader: Grader = {
    readiness: { ready: true, containment: 'none', notices: [] },
    grade: take,
    spares: () => ({}),
    [Symbol.asyncDispose]: async () => {},
  };
  await startWorker({
    capacity: 1,
    drainMs: 0,
    exclusive: false,
    exercises: new Map(exercises.map((exercise) => [exercise.slug, exercise])),
    grader,
    log,
    pool,
    positions: keepPositionsTold(pool, log),
    signals: await listenForSignals(connection, log),
    watch: { begun: () => ({ saw: () => {}, ended: () => {} }) },
  });
}

if (library === 'pg-boss') await workBoss(await startBoss(connection), 1, take);
else await workLikeTheProduct();
console.log('ready');
// It ends by a signal only.
setInterval(() => {}, 60_000);
