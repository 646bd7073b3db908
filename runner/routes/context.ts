/** What every endpoint needs, handed down the plugin tree. */
import type pg from 'pg';
import type { ExerciseDefinition } from '../../exercises/format.ts';
import type { Config } from '../config.ts';
import type { Readiness } from '../protocol.ts';
import type { Signals } from '../store/signals.ts';
import type { Metrics } from '../watch/metrics.ts';
import type { OpenStreams } from './open-streams.ts';

export type AppContext = {
  config: Config;
  cookieSecret: string;
  pool: pg.Pool;
  signals: Signals;
  streams: OpenStreams;
  metrics: Metrics;
  /** What the runner holds now, for those who keep it. */
  load: { sandboxes(): number; spares(): Readonly<Record<string, number>> };
  exercises: ReadonlyMap<string, ExerciseDefinition>;
  /** How ready the grader is. */
  readiness(): Readiness;
  /** Rejects where the store does not answer. */
  ping(): Promise<void>;
};
