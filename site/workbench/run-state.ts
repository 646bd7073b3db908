/** What is known about a run, built from its events alone. Pure: replaying the same events gives the same state. */
import type {
  EventBody,
  Limits,
  Outcome,
  RunEvent,
  TestError,
  TraceEntry,
  Variant,
  Verdict,
} from '../../runner/protocol.ts';

/** An event, or one of a type that this site does not know yet: it only moves the sequence on. */
export type Frame = RunEvent | { seq: number; at: string; type: 'unknown' };

export type TestResult = {
  outcome: 'passed' | 'failed' | 'skipped';
  ms: number;
  error: TestError | null;
  /** When its end was noted. */
  at: string;
};

export type ContainerResult = {
  id: string;
  image: string;
  state: Extract<EventBody, { type: 'container' }>['state'];
  /** How long it took to be running, in ms; null until it is. */
  startMs: number | null;
  detail: string | null;
};

export type VariantState = Variant & {
  state: 'waiting' | 'running' | 'finished';
  outcome: Outcome | null;
  /** When its beginning and its end were noted. */
  startedAt: string | null;
  finishedAt: string | null;
  ms: number | null;
  reason: string | null;
  /** What failed outside of the tests: on loading a file, or in its hooks. */
  error: TestError | null;
  /** Which rules the suite broke. */
  rules: readonly string[];
  /** By full test name. A Map, because a learner may name a test `__proto__`. */
  tests: ReadonlyMap<string, TestResult>;
  containers: readonly ContainerResult[];
  output: readonly { stream: 'stdout' | 'stderr'; text: string }[];
  /** Characters that were left out because {@link OUTPUT_CAP} was reached. */
  outputDropped: number;
  /** What crossed the boundary, in order, and how much more did. */
  trace: readonly TraceEntry[];
  traceDropped: number;
};

export type RunState = {
  lastSeq: number;
  phase: 'waiting' | 'queued' | 'running' | 'finished';
  /** 0 until the run was started for the first time. */
  attempt: number;
  firstAt: string | null;
  lastAt: string | null;
  queue: { position: number; estimateMs: number | null } | null;
  engine: Extract<EventBody, { type: 'started' }>['engine'] | null;
  limits: Limits | null;
  variants: readonly VariantState[];
  /** Full names of the tests, in the order in which they were first reported. */
  tests: readonly string[];
  verdict: Verdict | null;
  outcome: Outcome | null;
  reason: string | null;
};

/** Characters of output kept for each variant. */
export const OUTPUT_CAP = 40_000;

export const emptyRun: RunState = {
  lastSeq: 0,
  phase: 'waiting',
  attempt: 0,
  firstAt: null,
  lastAt: null,
  queue: null,
  engine: null,
  limits: null,
  variants: [],
  tests: [],
  verdict: null,
  outcome: null,
  reason: null,
};

/** Takes the next event in. One that was seen before, or that comes before its turn, changes nothing. */
export function runReducer(state: RunState, event: Frame): RunState {
  if (event.seq !== state.lastSeq + 1) return state;
  const base = { ...state, lastSeq: event.seq, firstAt: state.firstAt ?? event.at, lastAt: event.at };
  switch (event.type) {
    case 'queued':
      // After `started` it means that the run was handed back, to be done again: what was reported is void.
      return {
        ...begunAgain(base),
        phase: 'queued',
        attempt: base.attempt,
        queue: { position: event.position, estimateMs: event.estimateMs ?? null },
      };
    case 'started':
      // A later attempt voids what an earlier one reported; so does, harmlessly, the first one.
      return {
        ...begunAgain(base),
        phase: 'running',
        attempt: event.attempt,
        engine: event.engine,
        limits: event.limits,
        variants: event.variants.map(waiting),
      };
    case 'variant-started':
      return onVariant(base, event.variant, (variant) => ({ ...variant, state: 'running', startedAt: event.at }));
    case 'container':
      return onVariant(base, event.variant, (variant) => ({
        ...variant,
        containers: withContainer(variant.containers, event),
      }));
    case 'test': {
      const { name, outcome, ms, error = null, at } = event;
      const next = onVariant(base, event.variant, (variant) => ({
        ...variant,
        tests: new Map(variant.tests).set(name, { outcome, ms, error, at }),
      }));
      return next === base || next.tests.includes(name) ? next : { ...next, tests: [...next.tests, name] };
    }
    case 'output':
      return onVariant(base, event.variant, (variant) => withOutput(variant, event.stream, event.text));
    case 'trace':
      return onVariant(base, event.variant, (variant) => ({
        ...variant,
        trace: [...variant.trace, ...event.entries],
        traceDropped: event.dropped,
      }));
    case 'variant-finished':
      return onVariant(base, event.variant, (variant) => ({
        ...variant,
        state: 'finished',
        outcome: event.outcome,
        finishedAt: event.at,
        ms: event.ms,
        reason: event.reason ?? null,
        error: event.error ?? null,
        rules: event.rules ?? [],
      }));
    case 'verdict':
      return { ...base, verdict: event.verdict };
    case 'finished':
      return { ...base, phase: 'finished', outcome: event.outcome, reason: event.reason ?? null };
    case 'unknown':
      return base;
  }
}

/** Nothing but the place in the stream is left. */
function begunAgain({ lastSeq, firstAt, lastAt }: RunState): RunState {
  return { ...emptyRun, lastSeq, firstAt, lastAt };
}

function waiting(variant: Variant): VariantState {
  return {
    ...variant,
    state: 'waiting',
    outcome: null,
    startedAt: null,
    finishedAt: null,
    ms: null,
    reason: null,
    error: null,
    rules: [],
    tests: new Map(),
    containers: [],
    output: [],
    outputDropped: 0,
    trace: [],
    traceDropped: 0,
  };
}

function onVariant(state: RunState, id: string, change: (variant: VariantState) => VariantState): RunState {
  if (!state.variants.some((variant) => variant.id === id)) return state;
  return { ...state, variants: state.variants.map((variant) => (variant.id === id ? change(variant) : variant)) };
}

function withContainer(
  containers: readonly ContainerResult[],
  event: Extract<EventBody, { type: 'container' }>,
): ContainerResult[] {
  const before = containers.find(({ id }) => id === event.container);
  const after: ContainerResult = {
    id: event.container,
    image: event.image,
    state: event.state,
    startMs: event.state === 'running' ? event.ms : (before?.startMs ?? null),
    detail: event.detail ?? before?.detail ?? null,
  };
  return before ? containers.map((item) => (item === before ? after : item)) : [...containers, after];
}

function withOutput(variant: VariantState, stream: 'stdout' | 'stderr', text: string): VariantState {
  const kept = variant.output.reduce((sum, chunk) => sum + chunk.text.length, 0);
  const room = Math.max(0, OUTPUT_CAP - kept);
  const outputDropped = variant.outputDropped + Math.max(0, text.length - room);
  const piece = text.slice(0, room);
  if (piece === '') return { ...variant, outputDropped };
  const last = variant.output.at(-1);
  const output =
    last?.stream === stream
      ? [...variant.output.slice(0, -1), { stream, text: last.text + piece }]
      : [...variant.output, { stream, text: piece }];
  return { ...variant, output, outputDropped };
}
