import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { signalName } from '../signal-name.ts';
import { flag, type Route, sendJson } from './call.ts';
import { parseCreate } from './create.ts';
import { describeContainer, summariseContainer } from './describe.ts';
import { listFilter, readFilters } from './list-filters.ts';
import { everything, sendLog } from './logs.ts';
import { readCreate, warningsOf } from './read-create.ts';

/** Seconds that `stop` waits when it is not told. */
const defaultGraceSeconds = 10;

export const containerRoutes: Route[] = [
  {
    method: 'GET',
    path: /^\/containers\/json$/,
    handle: ({ engine, response, query }) => {
      sendJson(response, 200, listContainers(engine, query).slice(0, listLimit(query)));
    },
  },
  {
    method: 'POST',
    path: /^\/containers\/create$/,
    handle: async ({ engine, response, query, json }) => {
      const body = parseCreate(await json());
      const request = readCreate(body, query.get('name'), (reference) => engine.image(reference));
      sendJson(response, 201, { Id: engine.create(request).id, Warnings: warningsOf(body) });
    },
  },
  {
    method: 'GET',
    path: /^\/containers\/([^/]+)\/json$/,
    handle: ({ engine, response, params: [id = ''] }) =>
      sendJson(response, 200, describeContainer(engine, engine.container(id))),
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
    method: 'POST',
    path: /^\/containers\/([^/]+)\/attach$/,
    handle: async ({ engine, response, query, params: [id = ''] }) => {
      const log = await engine.container(id).log();
      const stream = (name: string) => flag(query.get(name));
      const both = !stream('stdout') && !stream('stderr');
      sendLog(log, { ...everything, stdout: both || stream('stdout'), stderr: both || stream('stderr') }, response, {
        past: stream('logs'),
        follow: true,
      });
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

/** The rows of the list that a query asks for, newest first, its limit aside. */
export function listContainers(engine: Engine, query: URLSearchParams): Record<string, unknown>[] {
  const filters = readFilters(query.get('filters'));
  // As Docker has it, a limit or a status asks for those that have ended too.
  const all = flag(query.get('all')) || Number.isFinite(listLimit(query)) || filters('status').length > 0;
  const matching = listFilter(filters);
  const found = engine.containers().filter((one) => (all || one.status === 'running') && matching(one));
  return found.toReversed().map((one) => summariseContainer(engine, one));
}

/** How many rows may be listed: all of them unless it is a number above 0. */
export function listLimit(query: URLSearchParams): number {
  const text = query.get('limit') ?? '';
  return /^[1-9][0-9]*$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
}

function grace(text: string | null): number {
  const seconds = Number(text ?? defaultGraceSeconds);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : defaultGraceSeconds;
}
