/** A server in a process of its own, with a scripted grader, for tests that end processes. Prints its address. */
import { parseConfig } from '../../config.ts';
import { startServer } from '../../server.ts';
import { ScriptedGrader } from './scripted-grader.ts';

const server = await startServer(parseConfig(process.env), { grader: new ScriptedGrader() });
console.log(server.address);
process.once('SIGTERM', async () => {
  await server[Symbol.asyncDispose]();
});
