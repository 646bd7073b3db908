import { setTimeout as delay } from 'node:timers/promises';

/** A health check as the Engine API has it, in milliseconds. */
export type HealthConfig = {
  argv: readonly string[];
  intervalMs: number;
  timeoutMs: number;
  retries: number;
  startPeriodMs: number;
};

export type HealthStatus = 'starting' | 'healthy' | 'unhealthy';
type Probe = (argv: readonly string[]) => Promise<{ exitCode: number; output: string }>;

/** Reads `Healthcheck` of a create request; durations there are nanoseconds, and 0 stands for the default. */
export function healthConfig(raw: {
  Test?: readonly string[] | undefined;
  Interval?: number | undefined;
  Timeout?: number | undefined;
  Retries?: number | undefined;
  StartPeriod?: number | undefined;
}): HealthConfig | undefined {
  const [kind, ...rest] = raw.Test ?? [];
  if (kind !== 'CMD' && kind !== 'CMD-SHELL') return undefined;
  const ms = (nanoseconds: number | undefined, fallback: number) => (nanoseconds ? nanoseconds / 1e6 : fallback);
  return {
    argv: kind === 'CMD' ? rest : ['/bin/sh', '-c', rest.join(' ')],
    intervalMs: Math.max(ms(raw.Interval, 30_000), 1),
    timeoutMs: ms(raw.Timeout, 30_000),
    retries: raw.Retries || 3,
    startPeriodMs: ms(raw.StartPeriod, 0),
  };
}

/**
 * Runs a container's health check. The first look is taken at once, before `start` is answered: the service is ready by
 * then, and a client that asks finds it healthy instead of coming back later. The others follow at the interval.
 */
export class HealthCheck {
  status: HealthStatus = 'starting';
  failingStreak = 0;
  readonly log: { Start: string; End: string; ExitCode: number; Output: string }[] = [];
  readonly #config: HealthConfig;
  readonly #probe: Probe;
  #running = new AbortController();

  constructor(config: HealthConfig, probe: Probe) {
    this.#config = config;
    this.#probe = probe;
  }

  /** Resolves after the first look. */
  async start(): Promise<void> {
    this.#running.abort();
    this.#running = new AbortController();
    const { signal } = this.#running;
    this.status = 'starting';
    this.failingStreak = 0;
    const began = Date.now();
    try {
      await this.#look(began, signal);
    } catch {
      // The container ended under the first look.
      return;
    }
    // The loop ends when the container does; a probe that it cuts short has nobody to answer to.
    void this.#loop(began, signal).catch(() => undefined);
  }

  stop(): void {
    this.#running.abort();
  }

  async #loop(began: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await delay(this.#config.intervalMs, undefined, { signal });
      await this.#look(began, signal);
    }
  }

  async #look(began: number, signal: AbortSignal): Promise<void> {
    const { argv, timeoutMs, startPeriodMs, retries } = this.#config;
    const start = new Date();
    const answered = new AbortController();
    const late = delay(
      timeoutMs,
      { exitCode: -1, output: 'Health check exceeded timeout' },
      {
        signal: AbortSignal.any([signal, answered.signal]),
      },
    );
    const { exitCode, output } = await Promise.race([this.#probe(argv), late]);
    late.catch(() => undefined);
    answered.abort();
    this.log.push({ Start: start.toISOString(), End: new Date().toISOString(), ExitCode: exitCode, Output: output });
    if (this.log.length > 5) this.log.shift();
    if (exitCode === 0) {
      this.status = 'healthy';
      this.failingStreak = 0;
    } else if (this.status !== 'starting' || Date.now() - began >= startPeriodMs) {
      this.failingStreak++;
      if (this.failingStreak >= retries) this.status = 'unhealthy';
    }
  }
}
