import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { EngineError } from '../errors.ts';
import { type Route, sendJson } from './call.ts';
import { aliasesSchema } from './create.ts';
import { describeNetwork } from './describe.ts';
import { hasLabel, readFilters } from './list-filters.ts';

const createBody = z.object({
  Name: z.string(),
  Labels: z.record(z.string(), z.string()).nullish(),
});

const connectBody = z.object({
  Container: z.string(),
  EndpointConfig: z.object({ Aliases: aliasesSchema }).nullish(),
});

export const networkRoutes: Route[] = [
  {
    method: 'GET',
    path: /^\/networks$/,
    handle: ({ engine, response, query }) => {
      const values = readFilters(query.get('filters'));
      const [labels, names, ids] = [values('label'), values('name'), values('id')];
      const found = engine.networks
        .list()
        .filter((network) => labels.every((label) => hasLabel(network.labels, label)))
        .filter(({ name }) => names.length === 0 || names.some((wanted) => name.includes(wanted)))
        .filter(({ id }) => ids.length === 0 || ids.some((wanted) => id.startsWith(wanted)));
      sendJson(response, 200, found.map(describeNetwork));
    },
  },
  {
    method: 'GET',
    path: /^\/networks\/([^/]+)$/,
    handle: ({ engine, response, params: [key = ''] }) =>
      sendJson(response, 200, describeNetwork(engine.networks.find(key))),
  },
  {
    method: 'POST',
    path: /^\/networks\/create$/,
    handle: async ({ engine, response, json }) => {
      const parsed = createBody.safeParse(await json());
      if (!parsed.success) throw new EngineError(400, 'A network needs a name, and labels are texts.');
      const name = parsed.data.Name || `network-${randomBytes(6).toString('hex')}`;
      sendJson(response, 201, { Id: engine.networks.create(name, parsed.data.Labels ?? {}).id, Warning: '' });
    },
  },
  {
    method: 'DELETE',
    path: /^\/networks\/([^/]+)$/,
    handle: ({ engine, response, params: [key = ''] }) => {
      engine.networks.remove(engine.networks.find(key));
      response.writeHead(204).end();
    },
  },
  {
    method: 'POST',
    path: /^\/networks\/([^/]+)\/(connect|disconnect)$/,
    handle: async ({ engine, response, json, params: [key = '', what] }) => {
      const parsed = connectBody.safeParse(await json());
      if (!parsed.success)
        throw new EngineError(400, 'Which container is meant? Its aliases are letters, digits, “-”, “_” and “.”.');
      const network = engine.networks.find(key);
      const container = engine.container(parsed.data.Container);
      if (what === 'connect') engine.networks.join(network, container, parsed.data.EndpointConfig?.Aliases ?? []);
      else engine.networks.leave(container, [network]);
      response.writeHead(200, { 'content-length': 0 }).end();
    },
  },
];
