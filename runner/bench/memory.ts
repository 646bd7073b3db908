import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseConfig } from '../config.ts';
import { startGrader } from '../grading/grader.ts';
import type { Figure, Part } from './figures.ts';

const root = dirname(dirname(import.meta.dirname));
const each = 4;

/** Proportional set size, in which what several processes share is divided among them, of full pools. */
export const memory: Part = async () => {
  const env = { ...process.env, WARM_SANDBOXES: String(each) };
  await using grader = await startGrader(parseConfig(env), join(root, '.cache', 'clusters'));
  const until = Date.now() + 60_000;
  while (Object.values(grader.spares()).some((spares) => spares < each) && Date.now() < until) await delay(50);
  const learners: number[] = [];
  const containers: number[] = [];
  for (const pids of sandboxes()) {
    const mib = pids.reduce((sum, pid) => sum + pss(pid), 0) / 1024;
    const isContainer = pids.some((pid) => commandOf(pid).includes('agent.ts'));
    (isContainer ? containers : learners).push(mib);
  }
  const figures: Figure[] = [
    { what: 'a warm sandbox', unit: 'MiB', values: learners, target: 'at most 150' },
    { what: 'a ready PostgreSQL, with the agent beside it', unit: 'MiB', values: containers },
    { what: 'a ready PostgreSQL by itself', unit: 'MiB', values: postgres(), target: 'at most 40' },
  ];
  return { figures };
};

/** The processes of each sandbox that this process has started. */
function sandboxes(): number[][] {
  const children = childrenByParent();
  const below = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(below)];
  return (children.get(process.pid) ?? []).filter((pid) => commandOf(pid).startsWith('bwrap')).map(below);
}

function postgres(): number[] {
  return sandboxes().flatMap((pids) => {
    const own = pids.filter((pid) => /^postgres/.test(commandOf(pid)));
    return own.length > 0 ? [own.reduce((sum, pid) => sum + pss(pid), 0) / 1024] : [];
  });
}

function childrenByParent(): Map<number, number[]> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const children = new Map<number, number[]>();
  for (const pid of pids.map(Number)) {
    const parent = Number(/^PPid:\s+(\d+)$/m.exec(read(`/proc/${pid}/status`))?.[1]);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  return children;
}

/** KiB. */
function pss(pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
}

function commandOf(pid: number): string {
  return read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
}

/** Empty for a process that has ended. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
