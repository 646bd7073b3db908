import type { Column } from './matrix.ts';
import { OUTPUT_CAP, type VariantState } from './run-state.ts';
import { counted, milliseconds } from './words.ts';

/** Containers and output, folded by variant. Everything a learner's code printed is drawn as text. */
export function OutputPanel({ columns }: { columns: readonly Column[] }) {
  const active = columns.flatMap(({ code, title, variant }) =>
    variant && (variant.output.length > 0 || variant.containers.length > 0) ? [{ code, title, variant }] : [],
  );
  if (active.length === 0) return null;
  return (
    <section className="wb-block" aria-labelledby="wb-output" data-testid="output">
      <h3 id="wb-output">Containers and output</h3>
      {active.map(({ code, title, variant }) => (
        <details key={variant.id} className="wb-output">
          <summary>
            <span className="wb-code-name">{code}</span> {title}{' '}
            <span className="wb-quiet wb-together">{summaryOf(variant)}</span>
          </summary>
          {variant.containers.length > 0 && (
            <ul className="wb-containers">
              {variant.containers.map(({ id, image, state, startMs, detail }) => (
                <li key={id}>
                  <code>{image}</code>{' '}
                  {state === 'refused' ? 'refused' : startMs === null ? state : `up in ${milliseconds(startMs)}`}
                  {detail && <span className="wb-quiet"> {detail}</span>}
                </li>
              ))}
            </ul>
          )}
          {variant.output.length > 0 && (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable by keyboard
            <pre className="wb-lines" tabIndex={0}>
              {variant.output.map(({ stream, text }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: chunks are only ever added at the end
                <span key={index} data-stream={stream}>
                  {text}
                </span>
              ))}
            </pre>
          )}
          {variant.outputDropped > 0 && (
            <p className="wb-note">
              The first {OUTPUT_CAP.toLocaleString('en')} characters are shown;{' '}
              {variant.outputDropped.toLocaleString('en')} more are left out.
            </p>
          )}
        </details>
      ))}
    </section>
  );
}

function summaryOf({ containers, output }: VariantState): string {
  const lines = output.reduce((sum, { text }) => sum + (text.match(/\n/g)?.length ?? 0), 0);
  const parts = [
    containers.length > 0 ? counted(containers.length, 'container') : '',
    output.length > 0 ? counted(Math.max(1, lines), 'line') : '',
  ];
  return parts.filter(Boolean).join(', ');
}
