import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type Docker from 'dockerode';
import { EngineError } from '../errors.ts';
import { Pulls } from './pulls.ts';

/** On everything that a runner makes: which runner, and for which variant of which run. */
export const runnerLabel = 'boundary.runner';
export const scopeLabel = 'boundary.scope';

/** How long a daemon may take to say its version; one that hangs must not keep the runner from starting. */
const versionDeadlineMs = 5000;

/** A Docker daemon of the host, the images of it that may be used, and the mark of this runner. */
export type Daemon = {
  client: Docker;
  /** Such as `Docker 27.3.1`. */
  version: string;
  /** What its administrator allows: repositories, or references with a tag or a digest. */
  allowed: readonly string[];
  pulls: Pulls;
  /** Value of {@link runnerLabel}: the same after a restart, another for every data folder. */
  runner: string;
};

/** The daemon, or why there is none. */
export type DaemonSearch = { daemon: Daemon } | { daemon: undefined; reason: string };

/** What the configuration says of it. */
export type DaemonConfig = {
  dockerSocket: string;
  dockerImages: readonly string[];
  dockerPullsPerHour: number;
};

/**
 * Asks the daemon at a socket for its version.
 *
 * @param dataFolder tells this runner from others that use the same daemon
 */
export async function findDaemon(config: DaemonConfig, dataFolder: string): Promise<DaemonSearch> {
  const { dockerImages: allowed, dockerPullsPerHour, dockerSocket: socketPath } = config;
  try {
    await reach(socketPath);
    // Loading it takes longer than all else of a start, and most machines that serve have no daemon.
    const { default: Docker } = await import('dockerode');
    const client = new Docker({ socketPath });
    const { Version, Os } = await withDeadline(client.version());
    if (Os !== 'linux')
      return { daemon: undefined, reason: `The Docker daemon runs ${Os} containers, not Linux ones.` };
    const runner = createHash('sha256').update(`${hostname()}\0${dataFolder}`).digest('hex').slice(0, 16);
    return { daemon: { client, version: `Docker ${Version}`, allowed, pulls: new Pulls(dockerPullsPerHour), runner } };
  } catch (error) {
    return { daemon: undefined, reason: explain(socketPath, error as NodeJS.ErrnoException) };
  }
}

/** Rejects as the kernel does where nothing listens, or this user may not ask. */
async function reach(socketPath: string): Promise<void> {
  const socket = connect(socketPath);
  try {
    await once(socket, 'connect');
  } finally {
    socket.destroy();
  }
}

async function withDeadline<T>(answer: Promise<T>): Promise<T> {
  const given = new AbortController();
  const late = delay(versionDeadlineMs, undefined, { signal: given.signal, ref: false }).then(
    () => Promise.reject(new Error(`it took more than ${versionDeadlineMs / 1000} s`)),
    () => answer,
  );
  try {
    return await Promise.race([answer, late]);
  } finally {
    given.abort();
  }
}

function explain(socketPath: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return `There is no Docker daemon: ${socketPath} does not exist.`;
  if (code === 'ECONNREFUSED') return `No Docker daemon listens on ${socketPath}: start it.`;
  if (code === 'EACCES')
    return `${socketPath} may not be opened by the runner's user: add it to the socket's group, or, where root starts the runner, set ENGINE=auto or ENGINE=docker, so that it keeps that group. Whoever may open it has the power of root over this machine.`;
  return `The Docker daemon at ${socketPath} does not answer: ${message}`;
}

/** Removes what a killed runner with this mark left in the daemon. Resolves with how many containers there were. */
export function sweepDaemon({ client, runner }: Daemon): Promise<number> {
  return removeLabelled(client, `${runnerLabel}=${runner}`);
}

/** Removes all containers and then all networks with a label. Resolves with how many containers there were. */
export async function removeLabelled(client: Docker, label: string): Promise<number> {
  const filters = { label: [label] };
  const left = await client.listContainers({ all: true, filters });
  const removals = left.map(({ Id }) => gone(client.getContainer(Id).remove({ force: true, v: true })));
  // One that cannot be removed keeps none of the others.
  const faults = (await Promise.allSettled(removals)).filter((one) => one.status === 'rejected');
  const networks = await client.listNetworks({ filters });
  faults.push(
    ...(await Promise.allSettled(networks.map(({ Id }) => gone(client.getNetwork(Id).remove())))).filter(
      (one) => one.status === 'rejected',
    ),
  );
  if (faults.length > 0)
    throw new AggregateError(
      faults.map(({ reason }) => reason),
      `Not removed: what has the label ${label}`,
    );
  return left.length;
}

/** Waits for a removal; what is gone already, or is just going, counts as removed. */
async function gone(removal: Promise<unknown>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    if (![404, 409].includes((error as { statusCode?: number }).statusCode ?? 0)) throw error;
  }
}

/** Runs a request to the daemon; its refusals reach the client with their status and in its own words. */
export async function asked<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    const { statusCode, json, message } = error as { statusCode?: number; json?: unknown; message: string };
    if (statusCode === undefined) throw error;
    const said = (json as { message?: unknown } | undefined)?.message;
    throw new EngineError(statusCode, typeof said === 'string' ? said : message);
  }
}
