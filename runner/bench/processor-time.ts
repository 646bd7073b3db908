import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `/proc/stat` counts in: 100 a second on every Linux that Node runs on. */
const msPerTick = 10;
const accounted = ownAccount();

/**
 * Processor time in ms, of which two readings say what lay between them. Where this process is in a control group that
 * accounts for it (cgroup v1, `cpuacct`), that of the group: its children's too, whatever else the machine does.
 * Elsewhere that of the whole machine, which is right if it is otherwise idle. Sandboxes are killed and never waited
 * for, so what the kernel keeps for each process would leave out most of it.
 */
export function processorTime(): number {
  if (accounted !== undefined) return Number(readFileSync(accounted, 'utf8')) / 1e6;
  const [, user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = (
    readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? ''
  )
    .split(/\s+/)
    .map(Number);
  return (user + nice + system + irq + softirq) * msPerTick;
}

function ownAccount(): string | undefined {
  const line = readFileSync('/proc/self/cgroup', 'utf8')
    .split('\n')
    .find((one) => one.split(':')[1]?.split(',').includes('cpuacct'));
  const [, , group = '/'] = line?.split(':') ?? [];
  const file = join('/sys/fs/cgroup/cpuacct', group, 'cpuacct.usage');
  return group !== '/' && existsSync(file) ? file : undefined;
}
