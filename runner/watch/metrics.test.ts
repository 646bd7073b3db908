import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';

const docs = readFileSync(join(import.meta.dirname, '..', '..', 'content', 'docs', 'metrics.md'), 'utf8');
const dashboard = readFileSync(join(import.meta.dirname, 'grafana-dashboard.json'), 'utf8');
const queue = { queued: 3, oldestSeconds: 1.5, running: 2, workers: 1, hands: 4 };
const readings = {
  queue: async () => queue,
  store: async () => ({ bytes: 7, oldestRunSeconds: 8 }),
  streams: () => 5,
  sandboxes: () => 6,
  spares: () => ({ sandbox: 2 }),
};

/** Name, kind and help of each metric of ours, as Prometheus is told. */
async function told(): Promise<string[][]> {
  const text = await createMetrics(readings).scrape();
  const kinds = new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, kind]) => [name, kind]));
  return [...text.matchAll(/^# HELP (boundary_\S+) (.+)$/gm)].map(([, name = '', help = '']) => [
    name,
    kinds.get(name) ?? '',
    help,
  ]);
}

describe('metrics', () => {
  it('are looked up when they are asked for; a store that is away leaves what it knows as it was', async () => {
    let away = false;
    const metrics = createMetrics({
      ...readings,
      queue: () => (away ? Promise.reject(new Error('away')) : readings.queue()),
    });
    expect(await metrics.scrape()).toMatch(/^boundary_queue_runs 3$/m);
    away = true;
    const text = await metrics.scrape();
    for (const line of [
      'boundary_store_up 0',
      'boundary_queue_runs 3',
      'boundary_store_bytes 7',
      'boundary_store_oldest_run_seconds 8',
      'boundary_event_streams 5',
      'boundary_sandboxes 6',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
  });

  it('are those of content/docs/metrics.md', async () => {
    const rows = [...docs.matchAll(/^\| `(boundary_\w+)` +\| (\w+) +\| [^|]*\| (.+?) +\|$/gm)].map(([, ...row]) => row);
    expect(rows.toSorted()).toEqual((await told()).toSorted());
  });

  it('have all that the dashboard asks for', async () => {
    const names = new Set((await told()).map(([name = '']) => name));
    const asked = [...dashboard.matchAll(/boundary_\w+/g)].map(([name]) => name.replace(/_(bucket|count)$/, ''));
    expect(asked.filter((name) => !names.has(name))).toEqual([]);
    expect(new Set(asked)).toEqual(names);
  });
});
