import type { AgentClient } from './agent/client.ts';
import type { Door } from './agent/messages.ts';

/** An address and the names that stand for it. */
export type Host = { address: string; names: string[] };
/** What a container is told of others. */
export type Others = { hosts: readonly Host[]; doors: readonly Door[]; watch: boolean };

/** What one container knows of the others in its networks, and what it lets them know. */
export class Surroundings {
  /** The ports on which its processes listen, as far as anybody wanted to know. */
  listening: readonly number[] = [];
  #told = '';
  #agent: AgentClient | undefined;
  readonly #extra: readonly Host[];

  /** @param extra names that it is to know in any case */
  constructor(extra: readonly Host[]) {
    this.#extra = extra;
  }

  /** Its main process is about to start, in a sandbox that knows of nobody. */
  enter(agent: AgentClient, onListening: () => void): void {
    this.#agent = agent;
    this.#told = '';
    agent.onListening = (ports) => {
      this.listening = ports;
      onListening();
    };
    this.know({ hosts: [], doors: [], watch: false });
  }

  leave(): void {
    this.listening = [];
  }

  /** Tells it which other containers there are; only what has changed is passed on. */
  know({ hosts, doors, watch }: Others): void {
    const all = [...this.#extra, ...hosts];
    const text = JSON.stringify([all, doors, watch]);
    if (text === this.#told || (all.length === 0 && !watch && this.#told === '')) return;
    this.#told = text;
    if (!watch) this.listening = [];
    this.#agent?.network(all, [...doors], watch);
  }
}
