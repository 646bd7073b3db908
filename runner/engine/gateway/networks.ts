import { EngineError } from '../errors.ts';
import { type Route, sendJson } from './call.ts';

/** The id of the network that every container is said to be in. */
export const bridgeId = 'b'.repeat(64);

const bridge = {
  Name: 'bridge',
  Id: bridgeId,
  Created: '2024-01-01T00:00:00Z',
  Scope: 'local',
  Driver: 'bridge',
  EnableIPv6: false,
  // Fields that strict clients decode; there is no address that a container could be reached at from another.
  IPAM: { Driver: 'default', Options: null, Config: [] },
  Internal: false,
  Attachable: false,
  Ingress: false,
  ConfigOnly: false,
  Containers: {},
  Options: {},
  Labels: {},
};

export const networkRoutes: Route[] = [
  { method: 'GET', path: /^\/networks$/, handle: ({ response }) => sendJson(response, 200, [bridge]) },
  {
    method: 'GET',
    path: /^\/networks\/([^/]+)$/,
    handle: ({ response, params: [name = ''] }) => {
      if (name !== bridge.Name && name !== bridge.Id) throw new EngineError(404, `network ${name} not found`);
      sendJson(response, 200, bridge);
    },
  },
  {
    method: 'POST',
    path: /^\/networks\/create$/,
    handle: () => {
      throw new EngineError(
        403,
        'Networks between containers are not offered here. Let the test talk to each container by its own mapped port.',
      );
    },
  },
];
