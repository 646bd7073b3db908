import type { Rule } from '../../exercises/format.ts';
import type { Config } from '../config.ts';
import {
  type ContainerNotice,
  type Daemon,
  DockerEngine,
  Engine,
  type ImageCatalogue,
  type ServicePool,
  serveGateway,
} from '../engine/index.ts';
import type { EventBody, TestError } from '../protocol.ts';
import { reportCleanup, type SandboxLimits } from '../sandbox/index.ts';
import type { Failure, HostMessage, LearnerSandbox } from '../toolchains/index.ts';
import { TestTurns, TraceRecorder } from '../trace/index.ts';
import { roundsOf } from './conditions.ts';
import { OutputGatherer } from './output.ts';
import { RowsWatch } from './rows-left.ts';
import { brokenRules } from './rules.ts';
import { judge, type Observation, type TestResult, type VariantResult } from './variant-result.ts';
import type { VariantToRun } from './variants.ts';

export type VariantJob = {
  variant: VariantToRun;
  /** The learner's files; they are laid over the variant's. */
  files: Readonly<Record<string, string>>;
  only: string | undefined;
  /** What the suite has to keep. */
  rules: readonly Rule[];
  signal: AbortSignal;
  emit: (event: EventBody) => void;
};

export type VariantSetting = {
  config: Config;
  images: ImageCatalogue;
  services: ServicePool;
  daemon: Daemon | undefined;
};

const maxContainers = 4;
/** Tests that one file may report; more is output of another kind. */
const maxTests = 2000;
/** Messages from one variant's tests: a plan, three of each test, and as many queries as are told of. */
const maxMessages = 4 * maxTests + 1000;
/** Events about containers of one variant; the engine goes on without telling after that. */
const maxNotices = 200;

/**
 * Runs a submission against one variant in a sandbox of its own, with an engine of its own, and judges it. The sandbox
 * and all that the run started are killed by then; `gone` settles once nothing is left of them.
 *
 * @param waitedMs how long the sandbox was waited for
 */
export async function runVariant(
  job: VariantJob,
  learner: LearnerSandbox,
  setting: VariantSetting,
  waitedMs: number,
): Promise<{ result: VariantResult; gone: Promise<void> }> {
  const { variant, signal, emit } = job;
  const { config, images, services, daemon } = setting;
  const began = performance.now();
  const tests = new Map<string, TestResult>();
  const seen: Omit<Observation, 'tests'> = {
    planned: undefined,
    faults: [],
    done: false,
    exit: undefined,
    running: undefined,
  };
  let loadedMs: number | undefined;
  let databaseMs = 0;
  let notices = 0;
  let messages = 0;
  const containersStarted: (string | undefined)[] = [];
  const over = Promise.withResolvers<void>();
  const end = (outcome: VariantResult['outcome'], reason: string) => {
    seen.ended ??= { outcome, reason };
    over.resolve();
  };
  const where = () => (seen.running === undefined ? 'before the first test began' : `in the test “${seen.running}”`);

  const turns = new TestTurns();
  const trace = new TraceRecorder(turns, (entries, dropped) =>
    emit({ type: 'trace', variant: variant.id, entries, dropped }),
  );
  const shared = {
    limits: containerLimits(config),
    maxContainers,
    ports: learner.ports,
    trace,
    onNotice: (notice: ContainerNotice) => {
      if (notice.state === 'running') databaseMs += notice.ms;
      if (notice.state === 'created') containersStarted.push(turns.alone);
      if (++notices <= maxNotices) emit({ type: 'container', variant: variant.id, ...notice });
    },
  };
  const docker = daemon && new DockerEngine({ ...shared, daemon });
  const engine = new Engine({
    ...shared,
    serve: (listener, of) => void serveGateway(listener, of, docker),
    resolveImage: images.resolve,
    offered: [...images.offered, ...(daemon?.allowed ?? [])],
    services,
    onFault: (error) => end('runner-error', error.message),
  });
  const closeGateway = serveGateway(learner.gateway, engine, docker);

  const rows = job.rules.some(({ rule }) => rule === 'rowsLeft')
    ? new RowsWatch(() => [...engine.containers(), ...(docker?.containers() ?? [])])
    : undefined;
  // What was sent before has come in, and is read within a turn of the event loop: only then does the next test's begin.
  const takeTurn = (take: () => void, look?: Promise<void> | undefined) =>
    setImmediate(async () => {
      take();
      await look;
      learner.acknowledge();
    });
  const onMessage = (message: HostMessage) => {
    if (seen.ended) return;
    if (++messages > maxMessages)
      return end('output-limit', `More than ${maxMessages} test messages were sent, ${where()}.`);
    switch (message.type) {
      case 'planned':
        loadedMs ??= performance.now() - began;
        seen.planned = [...(seen.planned ?? []), ...message.tests];
        if (seen.planned.length > maxTests) end('output-limit', `The file defines more than ${maxTests} tests.`);
        return;
      case 'running':
        seen.running = message.name;
        takeTurn(() => turns.begin(message.name), rows?.begin());
        return;
      case 'sending':
        // Only lines that the learner has before them; which line of a variant sent it is not theirs to look up.
        trace.claim(
          message.port,
          message.sql,
          message.from.filter(({ file }) => Object.hasOwn(job.files, file)),
        );
        return;
      case 'ran':
        takeTurn(() => turns.end(message.name), rows?.end(message.name));
        return;
      case 'test': {
        const result = testResult(message);
        // Reported twice, a failure is what counts: a later word cannot take it back.
        if (tests.get(result.name)?.outcome === 'failed') return;
        tests.set(result.name, result);
        output.flush();
        trace.flush();
        const { timedOut: _, ...event } = result;
        emit({ type: 'test', variant: variant.id, ...event });
        return;
      }
      case 'done':
        seen.faults = message.faults;
        seen.done = true;
        over.resolve();
    }
  };
  const output = new OutputGatherer(variant.id, config.outputBytes, emit, () =>
    end('output-limit', `More than ${config.outputBytes >> 10} KiB were printed, ${where()}.`),
  );

  emit({ type: 'variant-started', variant: variant.id });
  const rounds = variant.conditions && roundsOf(variant.conditions);
  // Several rounds are more work, and the run's own limit bounds them all the same.
  const wallMs = config.variantWallMs * (rounds && rounds.length > 1 ? 2 : 1);
  const wall = setTimeout(() => end('timed-out', `Not finished after ${wallMs / 1000} s, ${where()}.`), wallMs);
  const abort = () => end(...abortOutcome(signal, config));
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  void learner.exited.then((exit) => {
    seen.exit = exit;
    over.resolve();
  });
  learner.test(
    { files: { ...variant.files, ...job.files }, only: job.only, ...(rounds ? { rounds } : {}) },
    {
      onMessage,
      onOutput: (stream, chunk) => output.add(stream, chunk),
      onFault: (fault) =>
        end('failed', `The test process sent the runner something that no test result is: ${fault.message}.`),
    },
  );
  await over.promise;

  clearTimeout(wall);
  signal.removeEventListener('abort', abort);
  closeGateway();
  if (job.rules.length > 0 && seen.done) await Promise.all([engine.settle(), docker?.settle()]);
  const containersLeft = engine.containers().length + (docker?.containers().length ?? 0);
  const record = { ...trace.record, containersCreated: containersStarted.length, containersLeft };
  const { connectionsLeftOpen } = record;
  const afterwards = { containersStarted, containersLeft, connectionsLeftOpen, rowsLeft: rows?.left ?? [] };
  seen.broken = brokenRules(job.rules, afterwards, rounds?.length ?? 1);
  const gone = Promise.all(
    [learner, engine, docker].map((one) => one?.[Symbol.asyncDispose]().catch(reportCleanup)),
  ).then(() => {});

  output.flush();
  trace.close();
  const elsewhere = job.only !== undefined && variant.kind === 'check';
  const verdict = judge({ ...seen, tests, elsewhere }, variant.kind);
  const totalMs = performance.now() - began;
  emit({ type: 'variant-finished', variant: variant.id, ms: Math.round(totalMs), ...verdict });
  const loading = loadedMs ?? totalMs;
  const times = { bootMs: waitedMs + loading, databaseMs, testsMs: Math.max(0, totalMs - loading - databaseMs) };
  return { result: { ...verdict, tests: [...tests.values()], faults: [...seen.faults], record, ...times }, gone };
}

/** A cancelled run and one out of time are told apart by the reason that its signal carries. */
function abortOutcome(signal: AbortSignal, config: Config): [VariantResult['outcome'], string] {
  const late = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
  return late
    ? ['timed-out', `The whole run was not finished after ${config.runWallMs / 1000} s.`]
    : ['cancelled', 'The run was cancelled.'];
}

function testResult({ name, outcome, ms, failure }: HostMessage & { type: 'test' }): TestResult {
  const result = { name, outcome, ms: Math.round(ms * 10) / 10, timedOut: failure?.timeout ?? false };
  return failure ? { ...result, error: testError(failure) } : result;
}

function testError({ timeout: _, ...failure }: Failure): TestError {
  return Object.fromEntries(Object.entries(failure).filter(([, value]) => value !== undefined)) as TestError;
}

/** A learner's sandbox has all that the configuration allows; a container beside it has half the memory. */
export function learnerLimits(config: Config): SandboxLimits {
  const { memoryBytes, processes, cpuSeconds, files, fileSizeBytes, tmpfsBytes } = config;
  return { memoryBytes, processes, cpuSeconds, files, fileBytes: fileSizeBytes, tmpfsBytes };
}

export function containerLimits(config: Config): SandboxLimits {
  return { ...learnerLimits(config), memoryBytes: Math.floor(config.memoryBytes / 2) };
}
