// #region connect
import { createClient } from 'redis';

/** The address comes from whoever has started the server: a container, a process, the build service. */
export async function connect() {
  const redis = createClient({ url: process.env.REDIS_URL ?? 'redis://127.0.0.1:6379' });
  redis.on('error', (error) => console.error(error)); // without a listener, a lost connection ends the process
  await redis.connect();
  return redis;
}

export type Redis = Awaited<ReturnType<typeof connect>>;
// #endregion connect
