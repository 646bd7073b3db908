import { dirname, join } from 'node:path';
import type { ReadOnlyMount } from '../../sandbox/index.ts';

const runnerFolder = dirname(dirname(import.meta.dirname));
const node = '/usr/local/bin/node';

/** Starts the agent; goes with {@link agentMounts}. */
export const agentCommand = [
  node,
  '--disable-warning=ExperimentalWarning',
  '/usr/local/boundary/engine/agent/agent.ts',
];

/** What the agent needs of the host: Node and the two folders of its own code. */
export function agentMounts(): ReadOnlyMount[] {
  return [
    { from: process.execPath, to: node },
    { from: join(runnerFolder, 'engine', 'agent'), to: '/usr/local/boundary/engine/agent' },
    { from: join(runnerFolder, 'sandbox'), to: '/usr/local/boundary/sandbox' },
  ];
}
