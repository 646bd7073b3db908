import { createServer, type Server, type Socket } from 'node:net';
import { listeningPorts } from './listening-ports.ts';
import type { Door } from './messages.ts';

/** How often a watched container is asked for its ports. */
const lookMs = 50;

/**
 * What a container sees of the others in its networks: an address of its own loopback for each of them, with exactly the
 * ports open on which that one listens. Whoever comes through such a door is carried to the other by the runner.
 */
export class Network {
  readonly #tell: (ports: number[]) => void;
  readonly #enter: (client: Socket, door: string) => Promise<void>;
  readonly #open = new Map<string, Server>();
  #watch: NodeJS.Timeout | undefined;
  #told = '';

  /**
   * @param tell says on which ports the container listens
   * @param enter carries a connection that came through a door, `address:port`
   */
  constructor(tell: (ports: number[]) => void, enter: (client: Socket, door: string) => Promise<void>) {
    this.#tell = tell;
    this.#enter = enter;
  }

  change(doors: readonly Door[], watch: boolean): void {
    const wanted = new Set(doors.flatMap(({ address, ports }) => ports.map((port) => `${address}:${port}`)));
    for (const [door, server] of this.#open) {
      if (wanted.has(door)) continue;
      server.close();
      this.#open.delete(door);
    }
    for (const door of wanted) if (!this.#open.has(door)) this.#openDoor(door);
    if (watch) this.#watch ??= setInterval(() => this.#look(), lookMs);
    else {
      clearInterval(this.#watch);
      this.#watch = undefined;
      this.#told = '';
    }
    if (watch) this.#look();
  }

  #openDoor(door: string): void {
    const [host = '', port] = door.split(':');
    const server = createServer({ allowHalfOpen: true }, (client) => {
      client.on('error', () => client.destroy());
      this.#enter(client, door).catch(() => client.resetAndDestroy());
    });
    server.once('error', (error) => {
      this.#open.delete(door);
      console.error(`The other container's port ${port} cannot be reached from here: ${error.message}`);
    });
    this.#open.set(door, server);
    server.listen({ host, port: Number(port) });
  }

  #look(): void {
    const ports = listeningPorts();
    const text = ports.join();
    if (text === this.#told) return;
    this.#told = text;
    this.#tell(ports);
  }
}
