import { useId, useState } from 'react';
import { DiffView } from './DiffView.tsx';
import { sharedLines } from './line-diff.ts';
import { areSideBySide } from './use-side.ts';

type Props = { path: string; own: string; solved: string };

const views = { beside: 'Side by side', alone: 'Solution alone', difference: 'Differences' } as const;
type View = keyof typeof views;
/** Below this share of lines in common, a list of differences is two texts in one another's way. */
const alike = 0.6;

/** One file of the solution and the reader's own, which stays as it is: in the way that shows most, or the one chosen. */
export function SolvedFile({ path, own, solved }: Props) {
  const name = useId();
  const [chosen, choose] = useState<View | null>(null);
  const view = chosen ?? fitting(own, solved);
  return (
    <div>
      <h3>
        <code>{path}</code>
      </h3>
      <fieldset className="wb-views">
        <legend className="visually-hidden">How to show {path}</legend>
        {(Object.keys(views) as View[]).map((one) => (
          <label key={one}>
            <input type="radio" name={name} checked={one === view} onChange={() => choose(one)} /> {views[one]}
          </label>
        ))}
      </fieldset>
      {view === 'difference' && (
        <>
          <p className="wb-quiet">
            <span data-line="removed">− in your text</span>, <span data-line="added">+ in the solution</span>.
          </p>
          <DiffView
            label={`Your ${path} and the solution’s`}
            before={own}
            after={solved}
            around={Number.POSITIVE_INFINITY}
          />
        </>
      )}
      {view !== 'difference' && (
        <div className="wb-sides" data-view={view}>
          {view === 'beside' && <Text label="Yours" path={path} text={own} />}
          <Text label="The solution’s" path={path} text={solved} />
        </div>
      )}
    </div>
  );
}

/** The view that shows most where nobody has chosen. */
function fitting(own: string, solved: string): View {
  if (sharedLines(own, solved) >= alike) return 'difference';
  return areSideBySide() ? 'beside' : 'alone';
}

function Text({ label, path, text }: { label: string; path: string; text: string }) {
  return (
    <section aria-label={`${label} ${path}`}>
      <h4>{label}</h4>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable by keyboard */}
      <pre className="wb-lines" tabIndex={0}>
        {text}
      </pre>
    </section>
  );
}
