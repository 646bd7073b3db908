/** What hundreds of learners do to one runner: work steadily, come in bursts, read slowly, drop off and come back. */
import { setTimeout as wait } from 'node:timers/promises';
import { Learner, submissionOf } from '../web/test-server.ts';
import { Reader } from './reader.ts';
import type { Tally } from './tally.ts';

/** A run of the scripted grader holds a worker for so long: what is measured is everything around grading. */
export const runMs = 200;
const burst = 50;

export class Scenario {
  readonly #address: string;
  readonly #tally: Tally;
  readonly #readers = new Set<Reader>();
  readonly #stop: AbortSignal;

  constructor(address: string, tally: Tally, stop: AbortSignal) {
    this.#address = address;
    this.#tally = tally;
    this.#stop = stop;
  }

  /** One learner who submits, reads, thinks, and submits again until it is over. Every eighth one reads slowly. */
  async steady(index: number, thinkMs: number): Promise<void> {
    const learner = new Learner(this.#address);
    while (!this.#stop.aborted) {
      const slowly = index % 8 === 7;
      await this.#run(learner, index % 4 === 3 ? 'output 300' : `wait ${runMs}`, { slowly });
      await this.#pause(thinkMs * (0.5 + Math.random()));
    }
  }

  /** Somebody has fifty runs waiting; somebody else, who has none, comes. Again and again. */
  async burstsBesideFirstRuns(everyMs: number): Promise<void> {
    const greedy = new Learner(this.#address);
    await this.#run(greedy, 'pass');
    while (!this.#stop.aborted) {
      const waiting = Array.from({ length: burst }, () => this.#run(greedy, `wait ${runMs}`));
      const other = new Learner(this.#address);
      // A cookie of its own, as somebody has who was here before.
      await this.#run(other, 'pass');
      const queued = await this.#run(other, `wait ${runMs}`);
      if (queued !== undefined) this.#tally.took('queue of a first run beside a burst', queued);
      await Promise.all(waiting);
      await this.#pause(everyMs);
    }
  }

  /** Everybody loses the connection at once, as when a proxy is started again. */
  async reconnectStorms(everyMs: number): Promise<void> {
    while (await this.#pause(everyMs)) {
      this.#tally.count('storms');
      for (const reader of this.#readers) reader.cut();
    }
  }

  /** More than the queue takes: each submission is taken, and then comes to an end, or is refused and told when to come. */
  async flood(submissions: number): Promise<void> {
    await Promise.all(
      Array.from({ length: submissions }, () => this.#run(new Learner(this.#address), `wait ${runMs}`)),
    );
  }

  /** Submits and reads to the end. Resolves to the ms that it was queued, or `undefined` where it was refused. */
  async #run(learner: Learner, script: string, { slowly = false } = {}): Promise<number | undefined> {
    const began = Date.now();
    const response = await learner.post('/api/runs', submissionOf(script)).catch(() => undefined);
    if (response === undefined) {
      this.#tally.fault('a submission got no answer');
      return undefined;
    }
    this.#tally.took('submit', Date.now() - began);
    this.#tally.count(`submissions answered ${response.status}`);
    const body = await response.json();
    if (response.status === 429) {
      const honest = Number(response.headers.get('retry-after')) >= 1;
      if (!honest) this.#tally.fault('a 429 did not say when to come back');
      await this.#pause(200 + Math.random() * 800);
      return undefined;
    }
    if (response.status !== 202) {
      this.#tally.fault(`a submission was answered ${response.status}: ${body.code}`);
      return undefined;
    }
    const acceptedAt = Date.now();
    const reader = new Reader(`${this.#address}${body.events}`, learner.cookie ?? '', this.#tally);
    this.#readers.add(reader);
    const ended = reader.toTheEnd();
    if (slowly) reader.sleep(2_000);
    const finished = await ended;
    this.#readers.delete(reader);
    if (!finished || reader.startedAt === undefined) {
      this.#tally.fault(`run ${body.id} was accepted and not seen to its end: ${reader.seen()}`);
      return undefined;
    }
    this.#tally.took('accepted to verdict', Date.now() - acceptedAt);
    const queued = Math.max(0, reader.startedAt - acceptedAt);
    this.#tally.took('queue', queued);
    return queued;
  }

  /** Resolves to whether there is more to do. */
  async #pause(ms: number): Promise<boolean> {
    await wait(ms, undefined, { signal: this.#stop }).catch(() => {});
    return !this.#stop.aborted;
  }
}
