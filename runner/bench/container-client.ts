/** A process of `container.ts`: starts a container at each word of its parent, and answers with how many ms it took. */
import { PostgreSqlContainer } from '@testcontainers/postgresql';

const [, , image = 'postgres:16-alpine'] = process.argv;

process.on('message', async () => {
  const began = performance.now();
  const container = await new PostgreSqlContainer(image).start();
  const ms = performance.now() - began;
  await container.stop();
  process.send?.(ms);
});
