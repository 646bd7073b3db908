import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EngineError } from '../errors.ts';
import { flag, sendJson } from '../gateway/call.ts';
import { listContainers, listLimit } from '../gateway/containers.ts';
import { parseCreate } from '../gateway/create.ts';
import { ulimitWarnings } from '../gateway/read-create.ts';
import { signalName } from '../signal-name.ts';
import { asked, scopeLabel } from './daemon.ts';
import { describe, summarise } from './describe.ts';
import { type DockerRoute, grace, onContainer, readFilters } from './docker-call.ts';
import type { DockerEngine } from './docker-engine.ts';

const maxArchiveBytes = 256 << 20;

export const containerRoutes: DockerRoute[] = [
  {
    method: 'GET',
    path: /^\/containers\/json$/,
    handle: async ({ engine, response, query }, docker) => {
      const rows = [...listContainers(engine, query), ...(await listed(docker, query))];
      sendJson(response, 200, rows.slice(0, listLimit(query)));
      return true;
    },
  },
  {
    method: 'POST',
    path: /^\/containers\/create$/,
    handle: async ({ engine, response, query, json }, docker) => {
      const body = parseCreate(await json());
      const inNetwork = docker.networks.find(body.HostConfig?.NetworkMode ?? '') !== undefined;
      if (!docker.allows(body.Image) || (engine.offers(body.Image) && !inNetwork)) return false;
      const { id } = await docker.create(body, query.get('name'));
      sendJson(response, 201, { Id: id, Warnings: ulimitWarnings(body) });
      return true;
    },
  },
  onContainer('GET', '/json', async ({ response }, docker, container) =>
    sendJson(response, 200, describe(docker, container, await asked(container.handle.inspect()))),
  ),
  onContainer('POST', '/start', async ({ response }, docker, container) => {
    await docker.start(container);
    response.writeHead(204).end();
  }),
  onContainer('POST', '/stop', async ({ response, query }, docker, container) => {
    const signal = query.get('signal');
    const options = { t: grace(query.get('t')), ...(signal ? { signal: signalName(signal) } : {}) };
    await docker.end(container, () => container.handle.stop(options));
    response.writeHead(204).end();
  }),
  onContainer('POST', '/restart', async ({ response, query }, docker, container) => {
    await docker.restart(container, grace(query.get('t')));
    response.writeHead(204).end();
  }),
  onContainer('POST', '/kill', async ({ response, query }, docker, container) => {
    const signal = signalName(query.get('signal') || 'SIGKILL');
    await docker.end(container, () => container.handle.kill({ signal }));
    response.writeHead(204).end();
  }),
  onContainer('POST', '/wait', async ({ response }, _docker, container) =>
    sendJson(response, 200, await asked(container.handle.wait())),
  ),
  onContainer('DELETE', '', async ({ response, query }, docker, container) => {
    await docker.remove(container, flag(query.get('force')));
    response.writeHead(204).end();
  }),
  onContainer('GET', '/logs', async ({ response, query }, _docker, container) => {
    const wanted = {
      follow: flag(query.get('follow')),
      stdout: flag(query.get('stdout')),
      stderr: flag(query.get('stderr')),
      timestamps: flag(query.get('timestamps')),
      since: query.get('since') || undefined,
      until: query.get('until') || undefined,
      tail: /^\d+$/.test(query.get('tail') ?? '') ? Number(query.get('tail')) : undefined,
    };
    const log = await asked(container.logs(wanted));
    response.writeHead(200, { 'content-type': 'application/vnd.docker.multiplexed-stream' });
    response.flushHeaders();
    await pipeline(log, response);
  }),
  onContainer('POST', '/attach', async ({ response, query }, _docker, container) => {
    const stream = (name: string) => flag(query.get(name));
    const both = !stream('stdout') && !stream('stderr');
    const output = await asked(
      container.handle.attach({
        stream: true,
        hijack: false,
        stdout: both || stream('stdout'),
        stderr: both || stream('stderr'),
        logs: stream('logs'),
      }),
    );
    response.writeHead(200, { 'content-type': 'application/vnd.docker.multiplexed-stream' });
    response.flushHeaders();
    await pipeline(output, response);
  }),
  onContainer('PUT', '/archive', async ({ request, response, query }, _docker, container) => {
    if (Number(request.headers['content-length'] ?? 0) > maxArchiveBytes) throw tooLarge();
    const bounded = request.compose(atMost(maxArchiveBytes)) as Readable;
    await asked(container.handle.putArchive(bounded, { path: pathOf(query) }));
    response.writeHead(200, { 'content-length': 0 }).end();
  }),
  onContainer('HEAD', '/archive', async ({ response, query }, _docker, container) => {
    const answer: IncomingMessage = await asked(container.handle.infoArchive({ path: pathOf(query) }));
    answer.resume();
    response.writeHead(200, statHeader(answer)).end();
  }),
  onContainer('GET', '/archive', async ({ response, query }, _docker, container) => {
    const answer = await asked(container.handle.getArchive({ path: pathOf(query) }));
    response.writeHead(200, { 'content-type': 'application/x-tar', ...statHeader(answer as IncomingMessage) });
    await pipeline(answer, response);
  }),
];

async function listed(docker: DockerEngine, query: URLSearchParams): Promise<unknown[]> {
  const { label = [], status = [], name: names = [] } = readFilters(query.get('filters'));
  const rows = await asked(
    docker.daemon.client.listContainers({
      all: flag(query.get('all')) || status.length > 0,
      // The daemon takes all labels together, so what a client adds can only narrow its own.
      filters: { label: [...label, `${scopeLabel}=${docker.scope}`], ...(status.length > 0 ? { status } : {}) },
    }),
  );
  return rows.flatMap((row) => {
    const container = docker.find(row.Id);
    if (!container) return [];
    if (names.length > 0 && !names.some((name) => container.name.includes(name.replace(/^\//, '')))) return [];
    return [summarise(container, row)];
  });
}

function statHeader({ headers }: IncomingMessage): Record<string, string> {
  const stat = headers['x-docker-container-path-stat'];
  return typeof stat === 'string' ? { 'x-docker-container-path-stat': stat } : {};
}

function pathOf(query: URLSearchParams): string {
  const given = query.get('path') ?? '';
  if (given === '' || given.length > 4096 || given.includes('\0'))
    throw new EngineError(400, 'The path of an archive has to be given, in at most 4096 characters.');
  return given;
}

/** Passes a stream on until it has been too much. */
function atMost(limit: number) {
  return async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > limit) throw tooLarge();
      yield chunk;
    }
  };
}

function tooLarge(): EngineError {
  return new EngineError(413, `The archive is over ${maxArchiveBytes} bytes.`);
}
