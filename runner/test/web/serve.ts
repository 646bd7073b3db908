/**
 * A server in a process of its own, with a scripted grader, for tests that end processes. Prints its address. Started with
 * --expose-gc it gives back on SIGUSR2 all memory that it can.
 */
import { parseConfig } from '../../config.ts';
import { startServer } from '../../server.ts';
import { ScriptedGrader } from './scripted-grader.ts';

const server = await startServer(parseConfig(process.env), { grader: new ScriptedGrader(false) });
console.log(server.address);
process.once('SIGTERM', async () => {
  await server[Symbol.asyncDispose]();
});
process.on('SIGUSR2', () => globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' }));
