import { EngineError } from '../errors.ts';
import type { CreateBody } from '../gateway/create.ts';
import { ownLabels } from './create-body.ts';
import { asked, type Daemon } from './daemon.ts';

const maxNetworks = 4;

type Network = { id: string; name: string };

/**
 * The networks of one variant. All are internal: their containers reach each other and nothing else, no other run, not
 * the internet. The runner, being on the host, reaches them at their addresses.
 */
export class DockerNetworks {
  readonly #daemon: Daemon;
  readonly #scope: string;
  readonly #labels: Readonly<Record<string, string>>;
  readonly #named = new Map<string, Network>();
  #usual: Promise<string> | undefined;

  constructor(daemon: Daemon, scope: string, labels: Readonly<Record<string, string>>) {
    this.#daemon = daemon;
    this.#scope = scope;
    this.#labels = labels;
  }

  /** Those that the client made, by the names that it gave them. */
  list(): Network[] {
    return [...this.#named.values()];
  }

  find(key: string): Network | undefined {
    const made = this.list().filter(({ id }) => id !== '');
    return made.find(({ id, name }) => id === key || name === key || (key.length >= 12 && id.startsWith(key)));
  }

  /** Throws {@link EngineError} 429 when there are too many, 409 for a name that is taken. */
  async create(name: string, labels: Readonly<Record<string, string>>): Promise<Network> {
    if (!/^[a-zA-Z0-9][\w.-]{0,127}$/.test(name)) throw new EngineError(400, `Invalid network name: ${name}`);
    if (this.#named.has(name)) throw new EngineError(409, `network with name ${name} already exists`);
    if (this.#named.size >= maxNetworks)
      throw new EngineError(429, `This run already has ${maxNetworks} networks, the most it may have at once.`);
    // The name is taken from now on, also for a second request that comes before the daemon has answered the first.
    this.#named.set(name, { id: '', name });
    try {
      const network = { id: await this.#make(name, ownLabels(labels)), name };
      this.#named.set(name, network);
      return network;
    } catch (error) {
      this.#named.delete(name);
      throw error;
    }
  }

  async remove(network: Network): Promise<void> {
    await asked(this.#daemon.client.getNetwork(network.id).remove());
    this.#named.delete(network.name);
  }

  /** The network that a new container is to be in: the one it names, else one that all of the variant share. */
  async forContainer(body: CreateBody, name: string): Promise<{ id: string; aliases: string[] }> {
    const endpoints = body.NetworkingConfig?.EndpointsConfig ?? {};
    const mode = body.HostConfig?.NetworkMode;
    const wanted = mode && !['default', 'bridge'].includes(mode) ? mode : Object.keys(endpoints)[0];
    if (!wanted || wanted === 'bridge') {
      this.#usual ??= this.#make('.usual', {});
      this.#usual.catch(() => {
        this.#usual = undefined;
      });
      return { id: await this.#usual, aliases: [name] };
    }
    const network = this.find(wanted);
    if (!network) throw new EngineError(404, `network ${wanted} not found`);
    return { id: network.id, aliases: [name, ...(endpoints[wanted]?.Aliases ?? [])] };
  }

  async #make(name: string, labels: Record<string, string>): Promise<string> {
    const { id } = await asked(
      this.#daemon.client.createNetwork({
        Name: `boundary-${this.#scope}-${name}`,
        Driver: 'bridge',
        Internal: true,
        Labels: { ...labels, ...this.#labels },
      }),
    );
    return id;
  }
}
