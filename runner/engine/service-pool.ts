import { reportCleanup, type SandboxLimits, WarmPool } from '../sandbox/index.ts';
import { Service, type ServiceSpec } from './service.ts';

/**
 * Spare services, started and ready, of the kind that was last asked for, as long as it is one that its image foresees.
 * Whoever asks with the same image, command and environment cannot tell one from a service that was started for it.
 */
export class ServicePool implements AsyncDisposable {
  readonly #size: number;
  readonly #limits: SandboxLimits;
  #current: { key: string; pool: WarmPool<Service> } | undefined;
  #filling = false;
  readonly #onTrouble: (trouble: string | undefined) => void;
  readonly #retiring = new Set<Promise<void>>();

  /**
   * @param size how many to keep ready
   * @param onTrouble called when one could not be started, with why, and with undefined when one could
   */
  constructor(size: number, limits: SandboxLimits, onTrouble: (trouble: string | undefined) => void = () => undefined) {
    this.#onTrouble = onTrouble;
    this.#size = size;
    this.#limits = limits;
  }

  /** Keeps spares of this kind from now on. */
  expect(spec: ServiceSpec): void {
    if (this.#size === 0 || !spec.image.foresees(spec)) return;
    const key = keyOf(spec);
    if (this.#current?.key === key) return;
    if (this.#current) this.#retire(this.#current.pool);
    this.#current = { key, pool: new WarmPool(this.#size, () => started(spec, this.#limits), this.#onTrouble) };
    if (this.#filling) this.#current.pool.fill();
  }

  /** A service of this kind that runs already, or undefined if there is none to spare. */
  async takeRunning(spec: ServiceSpec): Promise<Service | undefined> {
    this.expect(spec);
    if (this.#current?.key !== keyOf(spec)) return undefined;
    const service = this.#current.pool.takeSpare();
    if (!service || service.running) return service;
    await service[Symbol.asyncDispose]();
    return undefined;
  }

  /** How many are ready now. */
  get spares(): number {
    return this.#current?.pool.spares ?? 0;
  }

  fill(): void {
    this.#filling = true;
    this.#current?.pool.fill();
  }

  pause(): void {
    this.#filling = false;
    this.#current?.pool.pause();
  }

  #retire(pool: WarmPool<Service>): void {
    const retired = pool[Symbol.asyncDispose]().catch(reportCleanup);
    this.#retiring.add(retired);
    void retired.then(() => this.#retiring.delete(retired));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.#current?.pool[Symbol.asyncDispose](), ...this.#retiring]);
  }
}

async function started(spec: ServiceSpec, limits: SandboxLimits): Promise<Service> {
  const service = await Service.boot(spec, limits);
  try {
    await service.start();
    await service.rehearse();
    return service;
  } catch (error) {
    await service[Symbol.asyncDispose]();
    throw error;
  }
}

function keyOf({ image, argv, env, workingDir, place }: ServiceSpec): string {
  return JSON.stringify([image.id, argv, Object.entries(env).sort(), workingDir, Object.entries(place).sort()]);
}
