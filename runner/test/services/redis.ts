import { spawnSync } from 'node:child_process';
import { type Service, startProcess } from './started-process.ts';

const program = ['redis-server', 'valkey-server'].find((name) => spawnSync(name, ['--version']).status === 0);

export const redis = {
  topic: 'caches',
  missing: program ? undefined : 'there is no Redis on this machine: apt-get install redis-server',
  /** Keeps nothing on disk. */
  async start(folder: string): Promise<Service> {
    const { ports, stop } = await startProcess(1, (port) => ({
      program: program ?? 'redis-server',
      args: ['--bind', '127.0.0.1', '--port', `${port}`, '--save', '', '--appendonly', 'no', '--dir', folder],
    }));
    return { env: { REDIS_URL: `redis://127.0.0.1:${ports[0]}` }, [Symbol.asyncDispose]: stop };
  },
};
