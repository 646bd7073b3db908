import { archiveRoutes } from './archives.ts';
import type { Route } from './call.ts';
import { containerRoutes } from './containers.ts';
import { execRoutes } from './exec.ts';
import { imageRoutes } from './images.ts';
import { logRoutes } from './logs.ts';
import { networkRoutes } from './networks.ts';
import { systemRoutes } from './system.ts';

/** The whole of the Engine API that is offered. */
export const routes: readonly Route[] = [
  ...systemRoutes,
  ...imageRoutes,
  ...containerRoutes,
  ...logRoutes,
  ...execRoutes,
  ...archiveRoutes,
  ...networkRoutes,
];
