import type { Config } from '../config.ts';
import { type Daemon, findDaemon, sweepDaemon } from '../engine/index.ts';

/**
 * Finds the Docker daemon that the configuration allows, and removes what this runner left in it when it was killed.
 *
 * @param folder tells this runner from others that use the same daemon
 */
export async function openDocker(
  config: Config,
  folder: string,
): Promise<{ daemon: Daemon | undefined; reason?: string }> {
  if (config.engine === 'sandbox') return { daemon: undefined };
  const found = await findDaemon(config, folder);
  if (found.daemon) await sweepDaemon(found.daemon);
  return found;
}
