import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { signalName } from '../signal-name.ts';
import { type Route, sendJson } from './call.ts';
import { parseCreate, readCreate } from './create.ts';
import { describeContainer, summariseContainer } from './describe.ts';
import { listFilter } from './list-filters.ts';

/** Seconds that `stop` waits when it is not told. */
const defaultGraceSeconds = 10;

export const containerRoutes: Route[] = [
  {
    method: 'GET',
    path: /^\/containers\/json$/,
    handle: ({ engine, response, query }) => {
      const found = listContainers(engine, query);
      const limit = Number(query.get('limit')) || found.length;
      sendJson(response, 200, found.slice(0, limit));
    },
  },
  {
    method: 'POST',
    path: /^\/containers\/create$/,
    handle: async ({ engine, response, query, json }) => {
      const request = readCreate(parseCreate(await json()), query.get('name'), (reference) => engine.image(reference));
      sendJson(response, 201, { Id: engine.create(request).id, Warnings: [] });
    },
  },
  {
    method: 'GET',
    path: /^\/containers\/([^/]+)\/json$/,
    handle: ({ engine, response, params: [id = ''] }) =>
      sendJson(response, 200, describeContainer(engine.container(id))),
  },
  {
    method: 'POST',
    path: /^\/containers\/([^/]+)\/start$/,
    handle: async ({ engine, response, params: [id = ''] }) => {
      await engine.start(engine.container(id));
      response.writeHead(204).end();
    },
  },
  {
    method: 'POST',
    path: /^\/containers\/([^/]+)\/stop$/,
    handle: async ({ engine, response, query, params: [id = ''] }) => {
      const container = engine.container(id);
      const signal = query.get('signal');
      if (container.status !== 'running') throw new EngineError(304, 'Container already stopped');
      await container.stop(grace(query.get('t')), signal === null ? undefined : signalName(signal));
      response.writeHead(204).end();
    },
  },
  {
    method: 'POST',
    path: /^\/containers\/([^/]+)\/restart$/,
    handle: async ({ engine, response, query, params: [id = ''] }) => {
      const container = engine.container(id);
      await container.stop(grace(query.get('t')));
      await engine.start(container);
      response.writeHead(204).end();
    },
  },
  {
    method: 'POST',
    path: /^\/containers\/([^/]+)\/kill$/,
    handle: async ({ engine, response, query, params: [id = ''] }) => {
      await engine.container(id).kill(signalName(query.get('signal') || 'SIGKILL'));
      response.writeHead(204).end();
    },
  },
  {
    method: 'POST',
    path: /^\/containers\/([^/]+)\/wait$/,
    handle: async ({ engine, response, params: [id = ''] }) => {
      sendJson(response, 200, { StatusCode: await engine.container(id).wait() });
    },
  },
  {
    method: 'DELETE',
    path: /^\/containers\/([^/]+)$/,
    handle: async ({ engine, response, query, params: [id = ''] }) => {
      const container = engine.container(id);
      if (container.status === 'running' && !flag(query.get('force'))) {
        throw new EngineError(
          409,
          `You cannot remove a running container ${container.id}. Stop it first, or use force.`,
        );
      }
      await engine.remove(container);
      response.writeHead(204).end();
    },
  },
];

/** The rows of the list that a query asks for, its limit aside. */
export function listContainers(engine: Engine, query: URLSearchParams): Record<string, unknown>[] {
  const all = flag(query.get('all'));
  const matching = listFilter(query.get('filters'));
  const found = engine.containers().filter((one) => (all || one.status === 'running') && matching(one));
  return found.map(summariseContainer);
}

/** Booleans as clients write them: 1, true, True. */
function flag(text: string | null): boolean {
  return text === '1' || text?.toLowerCase() === 'true';
}

function grace(text: string | null): number {
  const seconds = Number(text ?? defaultGraceSeconds);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : defaultGraceSeconds;
}
