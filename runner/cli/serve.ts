/** Runs the service as an ordinary user; `start.ts` is the way in. Stops cleanly on SIGINT and SIGTERM. */
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { parseConfig } from '../config.ts';
import { readDockerComparison } from '../docker-comparison.ts';
import { startGrader } from '../grading/grader.ts';
import { closeInherited } from '../sandbox/index.ts';
import { startServer } from '../server.ts';
import { sweepCodeCache } from './sweep-code-cache.ts';

const cache = join(import.meta.dirname, '..', '..', '.cache');

closeInherited();
try {
  await serve();
} catch (error) {
  // What a person can mend comes as a sentence; a stack would bury it.
  console.error(`\nBoundary could not start. ${(error as Error).message}`);
  if (process.env.LOG_LEVEL === 'debug') console.error(error);
  process.exitCode = 1;
}
// Everything is closed by now. Left to end by itself, Node 26.10 has been seen to go round in its own cleanup for ever
// (Environment::CleanupHandles) when sockets had been closed just before.
process.exit();

async function serve(): Promise<void> {
  const config = parseConfig(process.env);
  const stopped = Promise.withResolvers<NodeJS.Signals>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.resolve(signal));
  await using grader = await startGrader(config, join(cache, 'clusters'));
  await using server = await startServer(config, {
    grader,
    docker: readDockerComparison(join(cache, 'bench', 'docker.json')),
  });
  for (const notice of grader.readiness.notices) console.log(`\nNote: ${notice}`);
  console.log(`\nBoundary is ready at ${server.address}  (Ctrl+C stops it)\n`);
  flushCompileCache();
  // What cannot be removed costs room only.
  await sweepCodeCache(join(cache, 'runner-code')).catch(() => {});
  const signal = await stopped.promise;
  console.log(`\n${signal === 'SIGINT' ? 'Interrupted' : 'Told to stop'}: finishing up.`);
}
