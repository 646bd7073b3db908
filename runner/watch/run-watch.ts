/** Follows a run for whoever keeps the runner: a line in the log, numbers, and a trace, all from its events. */
import { type Context, context, type Span, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import type { EventBody, Outcome } from '../protocol.ts';
import type { Metrics } from './metrics.ts';

export type RunToWatch = { id: string; exercise: string; attempt: number; acceptedAt: Date; startedAt: Date };

export type WatchedRun = {
  saw(event: EventBody): void;
  /** `given-back` and `lost` are attempts that this runner did not bring to an end. */
  ended(how: Outcome | 'given-back' | 'lost'): void;
};

export type RunWatch = { begun(run: RunToWatch): WatchedRun };

type Log = { info(details: object, message: string): void };

/** Nothing that a learner wrote is taken from an event: names of tests and files, messages and output stay out of it. */
export function watchRuns(metrics: Metrics, log: Log): RunWatch {
  // Without an SDK this is the API's own tracer, which does nothing.
  const tracer = trace.getTracer('boundary');
  return { begun: (run) => new Follower(run, metrics, log, tracer) };
}

class Follower implements WatchedRun {
  readonly #run: RunToWatch;
  readonly #metrics: Metrics;
  readonly #log: Log;
  readonly #tracer: Tracer;
  readonly #span: Span;
  readonly #inside: Context;
  readonly #variants = new Map<string, { kind: string; span?: Span }>();
  #firstTest = false;

  constructor(run: RunToWatch, metrics: Metrics, log: Log, tracer: Tracer) {
    this.#run = run;
    this.#metrics = metrics;
    this.#log = log;
    this.#tracer = tracer;
    const attributes = { 'boundary.run': run.id, 'boundary.exercise': run.exercise, 'boundary.attempt': run.attempt };
    this.#span = tracer.startSpan('run', { attributes, startTime: run.acceptedAt }, context.active());
    this.#inside = trace.setSpan(context.active(), this.#span);
    tracer.startSpan('queue', { startTime: run.acceptedAt }, this.#inside).end(run.startedAt);
    metrics.queueSeconds.observe(Math.max(0, run.startedAt.getTime() - run.acceptedAt.getTime()) / 1000);
  }

  saw(event: EventBody): void {
    switch (event.type) {
      case 'started':
        for (const { id, kind } of event.variants) this.#variants.set(id, { kind });
        return;
      case 'variant-started': {
        const variant = this.#variants.get(event.variant);
        const attributes = { 'boundary.variant': event.variant, 'boundary.kind': variant?.kind ?? 'unknown' };
        if (variant) variant.span = this.#tracer.startSpan('variant', { attributes }, this.#inside);
        return;
      }
      case 'container':
        if (event.state === 'running') this.#containerRan(event.variant, event.image, event.ms);
        return;
      case 'test':
        if (!this.#firstTest) this.#metrics.firstTestSeconds.observe(this.#sinceAccepted());
        this.#firstTest = true;
        return;
      case 'variant-finished': {
        const { kind = 'unknown', span } = this.#variants.get(event.variant) ?? {};
        this.#metrics.variantsFinished.inc({ kind, outcome: event.outcome });
        span?.setAttribute('boundary.outcome', event.outcome).end();
      }
    }
  }

  ended(how: Outcome | 'given-back' | 'lost'): void {
    const { id: run, exercise, attempt } = this.#run;
    const seconds = this.#sinceAccepted();
    this.#metrics.runsFinished.inc({ outcome: how });
    this.#metrics.runSeconds.observe(seconds);
    this.#log.info({ run, exercise, attempt, outcome: how, ms: Math.round(seconds * 1000) }, 'A run ended.');
    for (const { span } of this.#variants.values()) if (span?.isRecording()) span.end();
    this.#span.setAttribute('boundary.outcome', how);
    if (how === 'runner-error') this.#span.setStatus({ code: SpanStatusCode.ERROR });
    this.#span.end();
  }

  #containerRan(variant: string, image: string, ms: number): void {
    this.#metrics.containerSeconds.observe(ms / 1000);
    const parent = this.#variants.get(variant)?.span;
    const inside = parent ? trace.setSpan(this.#inside, parent) : this.#inside;
    const attributes = { 'boundary.image': image };
    this.#tracer.startSpan('container start', { attributes, startTime: Date.now() - ms }, inside).end();
  }

  #sinceAccepted(): number {
    return Math.max(0, Date.now() - this.#run.acceptedAt.getTime()) / 1000;
  }
}
