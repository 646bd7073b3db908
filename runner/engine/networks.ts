import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { carry } from './agent/carry.ts';
import type { Container } from './container.ts';
import { EngineError } from './errors.ts';

/** Networks that one run may have beside the one that is always there. */
const maxNetworks = 8;
/** Names of one container in one network. Each is told to every other container there. */
const maxAliases = 64;
/** The first of the loopback's parts in which each network has one: 127.64.x.y, 127.65.x.y and so on. */
const firstPart = 64;

type Member = { address: string; aliases: ReadonlySet<string> };

/** A network of one run: its containers reach each other by name, at the addresses that they have in it. */
export type Network = {
  id: string;
  name: string;
  labels: Readonly<Record<string, string>>;
  createdAt: Date;
  /** The number of its part of the loopback. */
  part: number;
  members: Map<Container, Member>;
  /** How many members it ever had, so that no address is given out twice. */
  joined: number;
};

/**
 * The networks of one engine. Sandboxes share no network: in each container, an address of its own loopback stands for
 * each of the others, and what connects there is carried over by the runner.
 */
export class Networks {
  readonly #networks: Network[] = [];
  /** The network of those that ask for none. There are addresses in it and no names, as in Docker's. */
  readonly bridge: Network;

  constructor() {
    this.bridge = { ...this.#make('bridge', {}), id: 'b'.repeat(64) };
    this.#networks.push(this.bridge);
  }

  list(): readonly Network[] {
    return this.#networks;
  }

  /** Throws {@link EngineError} 404 if there is none with this id, beginning of an id, or name. */
  find(key: string): Network {
    const wanted = key === 'default' ? 'bridge' : key;
    const found =
      this.#networks.find(({ id, name }) => id === wanted || name === wanted) ??
      this.#networks.find(({ id }) => wanted.length >= 12 && id.startsWith(wanted));
    if (found) return found;
    throw new EngineError(404, `network ${key} not found`);
  }

  /** Throws {@link EngineError} 400 for a name that is none, 409 for one that is taken, 429 when there are too many. */
  create(name: string, labels: Readonly<Record<string, string>>): Network {
    if (!/^[a-zA-Z0-9][\w.-]{0,127}$/.test(name)) throw new EngineError(400, `Invalid network name: ${name}`);
    if (this.#networks.some((network) => network.name === name))
      throw new EngineError(409, `network with name ${name} already exists`);
    if (this.#networks.length > maxNetworks) {
      throw new EngineError(
        429,
        `This run already has ${maxNetworks} networks, the most it may have at once. Stop those that you no longer need.`,
      );
    }
    const network = this.#make(name, labels);
    this.#networks.push(network);
    return network;
  }

  #make(name: string, labels: Readonly<Record<string, string>>): Network {
    const taken = new Set(this.#networks.map(({ part }) => part));
    let part = firstPart;
    while (taken.has(part)) part++;
    const id = randomBytes(32).toString('hex');
    return { id, name, labels, createdAt: new Date(), part, members: new Map(), joined: 0 };
  }

  /** Throws {@link EngineError} 403 for the one that is always there, and while containers are in it. */
  remove(network: Network): void {
    if (network === this.bridge) throw new EngineError(403, 'bridge is a pre-defined network and cannot be removed');
    if ([...network.members.keys()].some(({ status }) => status === 'running'))
      throw new EngineError(403, `error while removing network: network ${network.name} has active endpoints`);
    this.#networks.splice(this.#networks.indexOf(network), 1);
  }

  /** Adds a container, or names to one that is in it. Throws {@link EngineError} 400 when those are too many. */
  join(network: Network, container: Container, aliases: readonly string[]): void {
    const member = network.members.get(container);
    const all = new Set([...(member?.aliases ?? []), ...aliases]);
    if (all.size > maxAliases)
      throw new EngineError(400, `A container can have at most ${maxAliases} aliases in a network here.`);
    network.members.set(container, { address: member?.address ?? nextAddress(network), aliases: all });
    this.refresh();
  }

  leave(container: Container, from: readonly Network[] = this.#networks): void {
    for (const { members } of from) members.delete(container);
    this.refresh();
  }

  /** The networks of a container. */
  of(container: Container): { network: Network; member: Member }[] {
    return this.#networks.flatMap((network) => {
      const member = network.members.get(container);
      return member ? [{ network, member }] : [];
    });
  }

  /** Tells every running container which others there are now, and which of their ports are open. */
  refresh(): void {
    const all = new Set(this.#networks.flatMap(({ members }) => [...members.keys()]));
    for (const container of all) {
      if (container.status !== 'running') continue;
      const joined = this.of(container);
      const others = joined.flatMap(({ network }) => this.#others(network, container));
      const own = joined.flatMap(({ network, member }) =>
        network === this.bridge ? [] : [{ address: '127.0.0.1', names: namesOf(container, member) }],
      );
      container.surroundings.know({
        hosts: [...own, ...others.filter(({ names }) => names.length > 0)],
        doors: others.map(({ address, container: { surroundings } }) => ({
          address,
          ports: [...surroundings.listening],
        })),
        watch: others.length > 0,
      });
    }
  }

  #others({ members, name }: Network, self: Container): { address: string; names: string[]; container: Container }[] {
    return [...members]
      .filter(([container]) => container !== self && container.status === 'running')
      .map(([container, member]) => {
        const names = name === this.bridge.name ? [] : namesOf(container, member);
        return { address: member.address, names, container };
      });
  }

  /** Carries a connection of one container to another at `door`, the address and port that it was made to. */
  async carry(from: Container, client: Socket, door: string): Promise<void> {
    const [address, port = ''] = door.split(':');
    const members = this.of(from).flatMap(({ network }) => [...network.members]);
    const [target] = members.find(([, member]) => member.address === address) ?? [];
    // The agent's stream is a pipe, which knows no reset: it is the agent that resets what came through the door.
    if (target?.status !== 'running' || !target.surroundings.listening.includes(Number(port))) {
      client.destroy();
      return;
    }
    try {
      const service = await target.connect(Number(port));
      await carry(client, service);
    } catch {
      client.destroy();
    }
  }
}

function nextAddress(network: Network): string {
  const number = ++network.joined + 1;
  return `127.${network.part}.${(number >> 8) & 255}.${number & 255}`;
}

function namesOf({ id, request }: Container, { aliases }: Member): string[] {
  return [...new Set([request.name, id.slice(0, 12), ...aliases])];
}
