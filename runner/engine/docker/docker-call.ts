import { EngineError } from '../errors.ts';
import type { Call } from '../gateway/call.ts';
import type { DockerContainer } from './docker-container.ts';
import type { DockerEngine } from './docker-engine.ts';

/**
 * A request that Docker may have to answer. `false` leaves it to the sandboxed engine: that is how a client sees one
 * engine where there are two.
 */
export type DockerRoute = {
  method: string;
  path: RegExp;
  handle: (call: Call, docker: DockerEngine) => Promise<boolean>;
};

/** A route about one of the variant's containers in Docker; any other id is left to the sandboxed engine. */
export function onContainer(
  method: string,
  action: string,
  handle: (call: Call, docker: DockerEngine, container: DockerContainer) => Promise<void>,
): DockerRoute {
  return {
    method,
    path: new RegExp(`^/containers/([^/]+)${action}$`),
    handle: async (call, docker) => {
      const container = docker.find(call.params[0] ?? '');
      if (!container) return false;
      await handle(call, docker, container);
      return true;
    },
  };
}

/** Seconds that a stop may take; the daemon's own ten unless they are given. */
export function grace(text: string | null): number {
  const seconds = Number(text ?? 10);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.floor(seconds) : 10;
}

/** The filters that a client may use. Throws {@link EngineError} 400. */
export function readFilters(text: string | null): Record<string, string[]> {
  let filters: Record<string, unknown>;
  try {
    filters = text ? JSON.parse(text) : {};
  } catch {
    throw new EngineError(400, 'invalid JSON in filters');
  }
  const values = (name: string): string[] => {
    const value = filters?.[name] ?? [];
    return (Array.isArray(value) ? value : Object.keys(value as object)).map(String);
  };
  return { label: values('label'), name: values('name'), status: values('status') };
}
