/** Whether the runner could listen where its settings say. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Config } from '../config.ts';
import type { Finding } from './finding.ts';

export async function examineAddress({ host, port }: Pick<Config, 'host' | 'port'>): Promise<Finding> {
  const server = createServer();
  const what = `address: ${host}:${port}`;
  try {
    await once(server.listen({ host, port }), 'listening');
    return { state: 'ok', what, meaning: 'Nobody else listens there.' };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      const meaning =
        'A program listens there already. If that is not this runner, stop it, or choose another with PORT.';
      return { state: 'note', what, meaning };
    }
    return {
      state: 'missing',
      what,
      meaning: `It cannot be listened on: ${message}. Choose another with HOST and PORT.`,
    };
  } finally {
    server.close();
  }
}
