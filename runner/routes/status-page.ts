/** `/admin`: how the runner stands, for whoever keeps this machine. Plain HTML that needs no script and no built site. */
import type { FastifyInstance } from 'fastify';
import { outcomesOfLastHour, queueState, storeSize, unfinishedRuns } from '../store/overview.ts';
import type { AppContext } from './context.ts';
import { escapeHtml } from './escape-html.ts';
import { checkOperator } from './operator.ts';
import { noLimit } from './rate-limits.ts';

const shownRuns = 50;
const refreshSeconds = 5;

type Rows = readonly (readonly [string, string | number])[];

export function statusPage(app: FastifyInstance, { context }: { context: AppContext }): void {
  app.get('/admin', { config: noLimit, schema: { hide: true } }, async (request, reply) => {
    checkOperator(request, reply, context.config);
    reply.header('cache-control', 'no-store').type('text/html; charset=utf-8');
    return reply.send(page([...(await sections(context))].join('\n')));
  });
}

async function sections({ config, load, pool, readiness, streams }: AppContext): Promise<string[]> {
  const { containment, notices, ready } = readiness();
  const { rss, heapUsed } = process.memoryUsage();
  const process_: Rows = [
    ['Sandboxes', `${ready ? 'ready' : 'not ready'}, limits by ${containment}`],
    ['Sandboxes that exist now', load.sandboxes()],
    ...Object.entries(load.spares()).map(([kind, count]) => [`Spare: ${kind}`, count] as const),
    ['Open event streams', streams.total],
    ['Memory of the runner', `${mebibytes(rss)}, of that ${mebibytes(heapUsed)} of objects`],
    ['Up for', duration(process.uptime())],
  ];
  const runner = [table('This runner', process_), ...notices.map((notice) => `<p>${escapeHtml(notice)}</p>`)];
  try {
    const [queue, size, runs, outcomes] = await Promise.all([
      queueState(pool),
      storeSize(pool),
      unfinishedRuns(pool, shownRuns),
      outcomesOfLastHour(pool),
    ]);
    const waiting: Rows = [
      ['Waiting', queue.queued],
      ['The longest for', duration(queue.oldestSeconds)],
      ['Being graded', queue.running],
      ['Runners, and runs they grade at once', `${queue.workers}, ${queue.hands}`],
    ];
    const store: Rows = [
      ['On its disk', mebibytes(size.bytes)],
      ['Runs may take up', mebibytes(config.keepRunsBytes)],
      ['The oldest run ended', size.oldestRunSeconds === 0 ? 'none yet' : `${duration(size.oldestRunSeconds)} ago`],
    ];
    const unfinished = runs.map(
      ({ attempt, exercise, id, seconds, state }) =>
        [id, `${exercise}, ${state} for ${duration(seconds)}, attempt ${attempt}`] as const,
    );
    return [
      ...runner,
      table('Queue', waiting),
      table('Store', store),
      table(
        'Ended in the last hour',
        outcomes.map(({ count, outcome }) => [outcome, count]),
      ),
      table(`Unfinished runs, the first ${shownRuns}`, unfinished),
    ];
  } catch (error) {
    return [...runner, `<p>The store does not answer: ${escapeHtml((error as Error).message)}</p>`];
  }
}

function page(body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="${refreshSeconds}">
<title>Boundary: status</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark; }
th, td { text-align: left; padding: 0.2rem 1.5rem 0.2rem 0; vertical-align: top; font-weight: normal; }
td { font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: bold; padding-top: 1.5rem; }
</style>
<h1>Boundary: status</h1>
<p>Only whoever keeps this machine can read this page. It is loaded again every ${refreshSeconds} seconds.</p>
${body}
</html>
`;
}

function table(caption: string, rows: Rows): string {
  const lines = rows.map(
    ([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(String(value))}</td></tr>`,
  );
  return `<table><caption>${escapeHtml(caption)}</caption>${lines.join('') || '<tr><td>none</td></tr>'}</table>`;
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}

function duration(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}
