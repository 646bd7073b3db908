import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Service, startProcess } from './started-process.ts';

/** Debian's redis-tools bring the server under the name of a tool; it is the server when it is called so. */
const tool = '/usr/bin/redis-check-rdb';
const program =
  ['redis-server', 'valkey-server'].find((name) => spawnSync(name, ['--version']).status === 0) ??
  (existsSync(tool) ? tool : undefined);

export const redis = {
  topic: 'caches',
  missing: program ? undefined : 'there is no Redis on this machine: apt-get install redis-tools',
  /** Keeps nothing on disk. */
  async start(folder: string): Promise<Service> {
    const { ports, stop } = await startProcess(1, (port) => ({
      program: program ?? tool,
      name: 'redis-server',
      args: ['--bind', '127.0.0.1', '--port', `${port}`, '--save', '', '--appendonly', 'no', '--dir', folder],
    }));
    return { env: { REDIS_URL: `redis://127.0.0.1:${ports[0]}` }, [Symbol.asyncDispose]: stop };
  },
};
