import { availableParallelism, cpus, totalmem } from 'node:os';

/** What the figures were measured on. */
export const machine = {
  cores: availableParallelism(),
  processor: cpus()[0]?.model ?? 'unknown',
  memoryBytes: totalmem(),
  node: process.version,
};
