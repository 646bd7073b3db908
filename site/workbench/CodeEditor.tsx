import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Texts } from './drafts.ts';
import type { WorkbenchFile } from './exercise-props.ts';
import type { MonacoView, Selection } from './monaco-view.ts';

type Props = {
  files: readonly WorkbenchFile[];
  texts: Texts;
  /** Rises when the texts were replaced by anything but an edit made here. */
  replaced: number;
  active: string;
  /** Plain: the text area is all there is. Rich: it gives way to Monaco once the person turns to it. */
  plain: boolean;
  onChange(path: string, text: string): void;
};

/**
 * A text area that is usable at once. In rich mode a click or a first keystroke in it loads Monaco, which then takes its
 * place, text, selection and focus; passing by with Tab does not.
 */
export function CodeEditor({ files, texts, replaced, active, plain, onChange }: Props) {
  const file = files.find(({ path }) => path === active);
  const text = texts[active] ?? file?.text ?? '';
  const host = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const still = useRef<HTMLDivElement>(null);
  const view = useRef<MonacoView | null>(null);
  const [turnedTo, setTurnedTo] = useState(false);
  const [stage, setStage] = useState<'area' | 'loading' | 'monaco' | 'failed'>('area');

  const latest = useRef({ files, texts, active, onChange });
  latest.current = { files, texts, active, onChange };

  const wantsMonaco = turnedTo && !plain;
  useEffect(() => {
    if (!wantsMonaco || !host.current) return;
    const place = host.current;
    let gone = false;
    setStage('loading');
    openMonaco(place, latest).then(
      (opened) => {
        if (gone) {
          opened.dispose();
          return;
        }
        view.current = opened;
        const { texts: now, active: path } = latest.current;
        for (const [name, value] of Object.entries(now)) opened.setText(name, value);
        opened.show(path);
        const selection = selectionIn(area.current);
        // Drawn at once: an element that is still hidden cannot take the focus over.
        flushSync(() => setStage('monaco'));
        if (selection) opened.focus(selection);
      },
      () => {
        if (!gone) setStage('failed');
      },
    );
    return () => {
      gone = true;
      view.current?.dispose();
      view.current = null;
      setStage('area');
    };
  }, [wantsMonaco]);

  useEffect(() => view.current?.show(active), [active]);
  // Not on each change of the texts: what was typed in Monaco comes back late, and would undo the keystrokes since.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the number says when, the texts say what
  useEffect(() => {
    for (const [path, value] of Object.entries(latest.current.texts)) view.current?.setText(path, value);
  }, [replaced]);

  const highlighted = file !== undefined && !plain && text === file.text;
  const label = `${active}${file?.editable ? '' : ', read-only'}`;
  return (
    <div className="wb-editor" data-stage={stage} data-plain={plain || undefined} data-testid="editor">
      <div ref={host} className="wb-monaco" hidden={stage !== 'monaco'} />
      {stage !== 'monaco' && (
        <div className="wb-area" data-highlighted={highlighted || undefined}>
          {highlighted && (
            <div
              ref={still}
              className="wb-still"
              aria-hidden="true"
              // biome-ignore lint/security/noDangerouslySetInnerHtml: Shiki wrote it at build from our own exercise files
              dangerouslySetInnerHTML={{ __html: file.html }}
            />
          )}
          <textarea
            key={active}
            ref={area}
            aria-label={label}
            value={text}
            readOnly={!file?.editable}
            spellCheck={false}
            autoCapitalize="off"
            autoCorrect="off"
            autoComplete="off"
            onChange={(event) => onChange(active, event.currentTarget.value)}
            onPointerDown={() => setTurnedTo(true)}
            onKeyDown={(event) => {
              if (!PASSING_KEYS.has(event.key)) setTurnedTo(true);
            }}
            onScroll={(event) => {
              still.current?.scrollTo(event.currentTarget.scrollLeft, event.currentTarget.scrollTop);
            }}
          />
        </div>
      )}
      {stage === 'failed' && (
        <p className="wb-note" role="status">
          The full editor could not be loaded, so this plain one stays. Everything else works; reload the page to try
          again.
        </p>
      )}
    </div>
  );
}

// The condition keeps Monaco out of the build that draws the page on the server: Astro would take its style sheets for
// served there and leave them out of the browser’s.
const importMonacoView = import.meta.env.SSR ? null : () => import('./monaco-view.ts');

// Keys that only pass through, or that mean something to the page.
const PASSING_KEYS = new Set(['Tab', 'Shift', 'Control', 'Alt', 'Meta', 'Escape', 'CapsLock']);

async function openMonaco(
  place: HTMLElement,
  latest: { readonly current: Pick<Props, 'files' | 'texts' | 'active' | 'onChange'> },
) {
  if (!importMonacoView) throw new Error('Monaco runs in a browser only');
  const { createMonacoView } = await importMonacoView();
  const { files, texts, active } = latest.current;
  return createMonacoView(place, {
    files: files.map(({ path, text, editable }) => ({ path, text: texts[path] ?? text, editable })),
    active,
    label: active,
    onChange: (path, text) => latest.current.onChange(path, text),
  });
}

/** Where the person is in the text area, if that is where they are. */
function selectionIn(area: HTMLTextAreaElement | null): Selection | null {
  if (!area || document.activeElement !== area) return null;
  return { start: area.selectionStart, end: area.selectionEnd, scrollTop: area.scrollTop };
}
