import { type EventStream, openEventStream } from '../workbench/event-stream.ts';
import { lostConnection, type ProblemReport } from '../workbench/problem-report.ts';
import { cancelRun, RequestRefused, runExists, submitRun } from '../workbench/run-client.ts';
import { emptyRun, type RunState, runReducer, type VariantState } from '../workbench/run-state.ts';
import { tally } from './tally.ts';

type Statement = Extract<VariantState['trace'][number], { kind: 'statement' }>;

/** Runs the file of the pressed button and shows what becomes of it, for as long as nothing else was pressed. */
export async function showTaste(root: HTMLElement, button: HTMLButtonElement, wanted: () => boolean): Promise<void> {
  const { exercise = '', file = '' } = root.dataset;
  let run = emptyRun;
  show(root, run, 'Asking the runner …');
  try {
    const files = { [file]: button.dataset.text ?? '' };
    const accepted = await submitRun({ exercise, language: 'typescript', files });
    if (!wanted()) {
      await cancelRun(accepted);
      return;
    }
    const stream: EventStream = openEventStream({
      path: accepted.events,
      exists: () => runExists(accepted),
      onFrame(frame) {
        if (!wanted()) {
          stream.close();
          void cancelRun(accepted).catch(() => {});
          return;
        }
        run = runReducer(run, frame);
        show(root, run, tally(run));
      },
      onConnection({ state }) {
        if (wanted() && (state === 'lost' || state === 'gone')) show(root, run, words(lostConnection));
      },
    });
  } catch (error) {
    if (!wanted()) return;
    show(root, run, error instanceof RequestRefused ? words(error.report) : `This page has a fault: ${String(error)}`);
  }
}

function words({ title, what, todo }: ProblemReport): string {
  return `${title}. ${what} ${todo}`;
}

function show(root: HTMLElement, run: RunState, summary: string): void {
  const place = root.querySelector('[data-tally]');
  if (place && place.textContent !== summary) place.textContent = summary;
  for (const row of root.querySelectorAll<HTMLElement>('[data-mutant]')) {
    const fate = fateOf(run.variants.find(({ id }) => id === row.dataset.mutant));
    row.dataset.is = fate;
    const state = row.querySelector('[data-state]');
    if (state) state.textContent = fate === 'waiting' ? '' : fate === 'survived' ? 'got past' : 'caught';
  }
  const test = run.tests.at(-1);
  const of = root.querySelector('[data-of]');
  if (of) of.textContent = test === undefined ? '' : `in “${test}”`;
  for (const name of ['reference', 'bug'] as const) {
    const lane = root.querySelector<HTMLElement>(`[data-lane=${name}]`);
    if (lane) {
      const variant = run.variants.find(({ id }) => id === root.dataset[name]);
      showLane(lane, variant, test);
    }
  }
}

/** A run that timed out or broke off has caught nothing, and the tally says that it did not end well. */
function fateOf(variant: VariantState | undefined): 'waiting' | 'caught' | 'survived' {
  if (variant?.state !== 'finished') return 'waiting';
  if (variant.outcome === 'failed') return 'caught';
  return variant.outcome === 'passed' ? 'survived' : 'waiting';
}

function showLane(lane: HTMLElement, variant: VariantState | undefined, test: string | undefined): void {
  const result = test === undefined ? undefined : variant?.tests.get(test);
  lane.dataset.is = result === undefined ? '' : result.outcome === 'passed' ? 'green' : 'red';
  const outcome = lane.querySelector('[data-outcome]');
  if (outcome) {
    outcome.textContent =
      result === undefined ? '' : result.outcome === 'passed' ? 'the test passes' : 'the test fails';
  }
  const statements = (variant?.trace ?? []).filter(
    (entry): entry is Statement => entry.kind === 'statement' && entry.test?.name === test,
  );
  const empty = lane.querySelector<HTMLElement>('[data-empty]');
  if (empty) empty.hidden = statements.length > 0;
  lane.querySelector('ol')?.replaceChildren(...statements.map(row));
}

function row({ sql, error, rows, tag }: Statement): HTMLElement {
  const item = document.createElement('li');
  const asked = document.createElement('span');
  asked.textContent = sql.replaceAll(/\s+/g, ' ').trim();
  const answered = document.createElement('span');
  const count = rows === 1 ? '1 row' : `${rows} rows`;
  answered.textContent = error
    ? error.sqlstate
    : /^(SELECT|INSERT|UPDATE|DELETE)/.test(tag ?? '')
      ? count
      : (tag ?? '');
  item.append(asked, answered);
  return item;
}
