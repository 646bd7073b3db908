import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { EngineError } from '../errors.ts';
import { sendJson } from '../gateway/call.ts';
import { aliasesSchema } from '../gateway/create.ts';
import { withTag } from './allowed-images.ts';
import { containerRoutes } from './container-routes.ts';
import { asked } from './daemon.ts';
import { describeImage } from './describe.ts';
import { type DockerRoute, onContainer } from './docker-call.ts';
import type { DockerEngine } from './docker-engine.ts';

const execBody = z.object({
  Cmd: z.array(z.string().max(128 << 10)).min(1),
  Env: z.array(z.string()).nullish(),
  WorkingDir: z.string().nullish(),
  User: z.string().nullish(),
});

const networkBody = z.object({
  Name: z.string(),
  Labels: z.record(z.string(), z.string()).nullish(),
});

const connectBody = z.object({
  Container: z.string(),
  EndpointConfig: z.object({ Aliases: aliasesSchema }).nullish(),
});

/** Passes a pull on and its progress back. Beyond what the hour has, an image that is there is taken as it is. */
async function pull({ daemon: { client, pulls } }: DockerEngine, reference: string, response: ServerResponse) {
  const waitMs = pulls.take();
  if (waitMs === undefined) {
    const progress = (await asked(client.pull(reference))) as Readable;
    response.writeHead(200, { 'content-type': 'application/json' });
    await pipeline(progress, response);
    return;
  }
  const there = await client
    .getImage(reference)
    .inspect()
    .catch(() => undefined);
  if (!there) {
    const why = Number.isFinite(waitMs)
      ? `the pulls of this hour are used up: try again in ${Math.ceil(waitMs / 60_000)} minutes, or`
      : 'tests may pull none here:';
    throw new EngineError(
      429,
      `${reference} is not on this machine, and ${why} ask whoever keeps the runner for docker pull ${reference}.`,
    );
  }
  sendJson(response, 200, { status: `Status: ${reference} is there, and was not looked for again` });
}

/** The part of the Engine API that reaches the daemon. What is not here is refused, or the sandboxed engine's. */
export const dockerRoutes: readonly DockerRoute[] = [
  ...containerRoutes,
  {
    method: 'GET',
    path: /^\/images\/(.+)\/json$/,
    handle: async ({ engine, response, params: [reference = ''] }, docker) => {
      if (engine.offers(reference) || !docker.allows(reference)) return false;
      const info = await asked(docker.daemon.client.getImage(withTag(reference)).inspect());
      sendJson(response, 200, describeImage(info));
      return true;
    },
  },
  {
    method: 'POST',
    path: /^\/images\/create$/,
    handle: async ({ engine, response, query }, docker) => {
      const tag = query.get('tag');
      const reference = `${query.get('fromImage') ?? ''}${tag ? `${tag.startsWith('sha256:') ? '@' : ':'}${tag}` : ''}`;
      if (engine.offers(reference) || !docker.allows(reference)) return false;
      await pull(docker, withTag(reference), response);
      return true;
    },
  },
  onContainer('POST', '/exec', async ({ response, json }, _docker, container) => {
    const parsed = execBody.safeParse(await json());
    if (!parsed.success) throw new EngineError(400, 'No exec command specified');
    const { Cmd, Env, WorkingDir, User } = parsed.data;
    const options = { Cmd, Env: Env ?? [], WorkingDir: WorkingDir ?? '', User: User ?? '' };
    sendJson(response, 201, { Id: await container.createExec(options) });
  }),
  {
    method: 'POST',
    path: /^\/exec\/([^/]+)\/start$/,
    handle: async ({ response, json, params: [id = ''] }, docker) => {
      const output = await startExec(docker, id);
      if (!output) return false;
      await json();
      response.writeHead(200, { 'content-type': 'application/vnd.docker.multiplexed-stream' });
      response.flushHeaders();
      await pipeline(output, response);
      return true;
    },
  },
  {
    method: 'GET',
    path: /^\/exec\/([^/]+)\/json$/,
    handle: async ({ response, params: [id = ''] }, docker) => {
      const container = docker.containerOfExec(id);
      if (!container) return false;
      const { ID, Running, ExitCode, ProcessConfig } = await asked(docker.daemon.client.getExec(id).inspect());
      sendJson(response, 200, { ID, ContainerID: container.id, Running, ExitCode, ProcessConfig });
      return true;
    },
  },
  {
    method: 'GET',
    path: /^\/networks$/,
    handle: async ({ response }, docker) => {
      const own = docker.networks.list().map(({ id, name }) => describeNetwork(id, name));
      sendJson(response, 200, [describeNetwork('b'.repeat(64), 'bridge'), ...own]);
      return true;
    },
  },
  {
    method: 'POST',
    path: /^\/networks\/create$/,
    handle: async ({ response, json }, docker) => {
      const parsed = networkBody.safeParse(await json());
      if (!parsed.success) throw new EngineError(400, 'A network needs a name, and labels are texts.');
      const name = parsed.data.Name || `network-${randomBytes(6).toString('hex')}`;
      const { id } = await docker.createNetwork(name, parsed.data.Labels ?? {});
      sendJson(response, 201, { Id: id, Warning: '' });
      return true;
    },
  },
  {
    method: 'GET',
    path: /^\/networks\/([^/]+)$/,
    handle: async ({ response, params: [key = ''] }, docker) => {
      const network = docker.networks.find(key);
      if (network) sendJson(response, 200, describeNetwork(network.id, network.name));
      return network !== undefined;
    },
  },
  {
    method: 'DELETE',
    path: /^\/networks\/([^/]+)$/,
    handle: async ({ response, params: [key = ''] }, docker) => {
      const network = docker.networks.find(key);
      if (!network) throw new EngineError(404, `network ${key} not found`);
      await docker.networks.remove(network);
      response.writeHead(204).end();
      return true;
    },
  },
  {
    method: 'POST',
    path: /^\/networks\/([^/]+)\/(connect|disconnect)$/,
    handle: async ({ response, json, params: [key = '', what] }, docker) => {
      const network = docker.networks.find(key);
      const parsed = connectBody.safeParse(await json());
      if (!parsed.success)
        throw new EngineError(400, 'Which container is meant? Its aliases are letters, digits, “-”, “_” and “.”.');
      const container = docker.find(parsed.data.Container);
      if (!network) throw new EngineError(404, `network ${key} not found`);
      if (!container) throw new EngineError(404, `No such container: ${parsed.data.Container}`);
      const Aliases = [container.name, ...(parsed.data.EndpointConfig?.Aliases ?? [])];
      const joined = docker.daemon.client.getNetwork(network.id);
      await container.moveBetweenNetworks(() =>
        what === 'connect'
          ? joined.connect({ Container: container.id, EndpointConfig: { Aliases } })
          : joined.disconnect({ Container: container.id }),
      );
      response.writeHead(200, { 'content-length': 0 }).end();
      return true;
    },
  },
];

/** Starts an exec of one of the variant's containers in Docker, or resolves with undefined if it is none of them. */
export async function startExec(docker: DockerEngine, id: string): Promise<Readable | undefined> {
  const container = docker.containerOfExec(id);
  if (!container) return undefined;
  const exec = docker.daemon.client.getExec(id);
  const output = (await asked(exec.start({ Detach: false, Tty: false, hijack: false, stdin: false }))) as Readable;
  container.watchExec(id, output);
  return output;
}

function describeNetwork(id: string, name: string): Record<string, unknown> {
  const ipam = { Driver: 'default', Options: null, Config: [] };
  const fixed = { Driver: 'bridge', Scope: 'local', Internal: true, EnableIPv6: false, Containers: {}, Options: {} };
  return { Name: name, Id: id, Created: '2024-01-01T00:00:00Z', ...fixed, IPAM: ipam, Labels: {} };
}
