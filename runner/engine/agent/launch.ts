import { dirname, join } from 'node:path';
import { compileCacheMount, compileCacheVariables, type ReadOnlyMount } from '../../sandbox/index.ts';

const runnerFolder = dirname(dirname(import.meta.dirname));
const node = '/usr/local/bin/node';
/** Stands for the project's folder. */
const base = '/usr/local/boundary';

/** What runs in a container's sandbox. */
export const agentProgram = join(import.meta.dirname, 'agent.ts');

/** Starts the agent; goes with {@link agentMounts} and {@link agentVariables}. */
export const agentCommand = [node, '--disable-warning=ExperimentalWarning', `${base}/runner/engine/agent/agent.ts`];

/** What the agent needs of the host: Node and the two folders of its own code. */
export function agentMounts(): ReadOnlyMount[] {
  return [
    { from: process.execPath, to: node },
    { from: join(runnerFolder, 'engine', 'agent'), to: `${base}/runner/engine/agent` },
    { from: join(runnerFolder, 'sandbox'), to: `${base}/runner/sandbox` },
    ...compileCacheMount(base),
  ];
}

/** The agent's own; processes of the container have the container's environment instead. */
export const agentVariables = compileCacheVariables(`${base}/.cache/compiled`);
