import { addReport, readReport, type Table } from '../../content/proofs/report.ts';
import { openEventStream } from '../workbench/event-stream.ts';
import { cancelRun, RequestRefused, runExists, submitRun } from '../workbench/run-client.ts';
import type { Frame } from '../workbench/run-state.ts';
import { toneOf } from './tone.ts';

export type ProofView = {
  say(text: string): void;
  table: HTMLElement;
  notes: HTMLElement;
  /** Where the page says when and on what the table came about. */
  source: HTMLElement;
};

/**
 * Runs an experiment on the runner and shows what it reports as it comes. What was shown before stays until the first word of
 * it, so that a runner that is away takes nothing from the reader.
 *
 * @param onStarted is given what ends the run early
 */
export async function runProof(
  slug: string,
  files: Record<string, string>,
  view: ProofView,
  onStarted: (stop: () => void) => void,
): Promise<void> {
  let accepted: Awaited<ReturnType<typeof submitRun>>;
  try {
    accepted = await submitRun({ exercise: `proofs/${slug}`, language: 'typescript', files });
  } catch (error) {
    const report = error instanceof RequestRefused ? error.report : undefined;
    view.say(
      `${report ? `${report.title}. ${report.what}` : 'The runner did not take it.'} What was shown before stands below.`,
    );
    return;
  }
  onStarted(() => void cancelRun(accepted).catch(() => undefined));
  const reading = new Reading(view);
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const stream = openEventStream({
    path: accepted.events,
    exists: () => runExists(accepted),
    onFrame: (frame) => {
      reading.take(frame);
      if (frame.type === 'finished') resolve();
    },
    onConnection: ({ state }) => {
      if (state === 'reconnecting') view.say('The connection to the runner broke off. Trying again …');
      if (state !== 'lost' && state !== 'gone') return;
      view.say('The runner does not answer any more. Run the experiment again in a moment.');
      resolve();
    },
  });
  await over;
  stream.close();
}

/** Turns events into words and a table. */
export class Reading {
  readonly #view: ProofView;
  #table: Table = { columns: [], rows: [], notes: [] };
  #line = '';
  #versions = '';
  #judged = false;
  /** Whether what the page shows is this run’s. */
  #drawn = false;

  constructor(view: ProofView) {
    this.#view = view;
  }

  take(frame: Frame): void {
    if (frame.type === 'queued') {
      this.#view.say(frame.position > 0 ? `Waiting: ${frame.position} before it.` : 'Next in the queue …');
    } else if (frame.type === 'started') {
      // A second attempt begins anew.
      this.#table = { columns: [], rows: [], notes: [] };
      const { node, vitest, backend } = frame.engine;
      this.#versions = `Node ${node}, Vitest ${vitest}, PostgreSQL in ${backend === 'docker' ? 'Docker' : 'a sandbox'}`;
      this.#view.say('Running …');
    } else if (frame.type === 'output' && frame.stream === 'stdout') {
      this.#read(frame.text);
    } else if (frame.type === 'verdict') {
      this.#judged = true;
      const { outcome, references, timings } = frame.verdict;
      const seconds = (timings.total / 1000).toFixed(1);
      if (outcome === 'passed') {
        this.#view.say(`Done in ${seconds} s: ${this.#table.rows.length} rows.`);
        this.#view.source.textContent = `Run here just now, in ${seconds} s. ${this.#versions}.`;
        return;
      }
      const [reference] = references;
      const failed = reference?.tests.find((test) => test.outcome === 'failed');
      this.#view.say(
        `It did not end as it should (${outcome}): ${reference?.reason ?? failed?.error?.message ?? frame.verdict.reason}`,
      );
      this.#view.source.textContent = `Run here just now, and not to its end. ${this.#versions}.`;
    } else if (frame.type === 'finished' && !this.#judged) {
      this.#view.say(frame.reason ?? 'The run ended without a verdict. Run the experiment again.');
      if (this.#drawn) this.#view.source.textContent = `Run here just now, and not to its end. ${this.#versions}.`;
    }
  }

  #read(text: string): void {
    const lines = (this.#line + text).split('\n');
    this.#line = lines.pop() ?? '';
    let news = false;
    for (const line of lines) {
      const report = readReport(line);
      if (!report) continue;
      addReport(this.#table, report);
      news = true;
    }
    if (news) this.#draw();
  }

  #draw(): void {
    this.#drawn = true;
    const { columns, rows, notes } = this.#table;
    this.#view.table.replaceChildren(
      section('thead', [columns], (name) =>
        Object.assign(document.createElement('th'), { scope: 'col', textContent: name }),
      ),
      section('tbody', rows, (cell, index) => {
        const made = document.createElement(index === 0 ? 'th' : 'td');
        made.textContent = cell;
        if (index === 0) made.setAttribute('scope', 'row');
        const tone = toneOf(cell);
        if (tone) made.dataset.tone = tone;
        return made;
      }),
    );
    this.#view.notes.textContent = notes.join(' ');
    this.#view.source.textContent = 'Running now …';
  }
}

function section(
  name: 'thead' | 'tbody',
  rows: readonly (readonly string[])[],
  cell: (text: string, index: number) => HTMLElement,
): HTMLElement {
  const made = document.createElement(name);
  for (const row of rows) {
    const tr = document.createElement('tr');
    tr.append(...row.map(cell));
    made.append(tr);
  }
  return made;
}
