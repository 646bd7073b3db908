/**
 * `node runner/cli/boundary.mjs COMMAND`: the door to every command of the project, in JavaScript that any Node can read, so
 * that one that is too old is told so in words instead of a syntax error.
 */
import module from 'node:module';
import { join } from 'node:path';

const oldest = [22, 22];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const commands = ['start', 'serve', 'dev', 'build', 'test', 'doctor', 'verify', 'budgets', 'markup'];
const [, , command = ''] = process.argv;

if (!commands.includes(command)) {
  console.error(`Unknown command “${command}”. There are: ${commands.join(', ')}.`);
  process.exit(2);
}
if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
  console.error(
    `Boundary needs Node ${oldest.join('.')} or newer, and this is ${process.versions.node}.\n` +
      'A current one comes with the project’s packages (the npm package “node”), but it is not installed: its install\n' +
      'script did not run. Run “npm ci” again and let install scripts run (npm config get ignore-scripts must say false),\n' +
      'or put a newer Node first on your PATH.',
  );
  process.exit(1);
}
process.argv.splice(2, 1);
// What the service loads was compiled, and its types taken away, when it was started the last time.
if (command === 'serve') module.enableCompileCache(join(import.meta.dirname, '..', '..', '.cache', 'runner-code'));
await import(`./${command}.ts`);
