import { type RefObject, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Texts } from './drafts.ts';
import type { WorkbenchFile } from './exercise-props.ts';
import type { MonacoView, Selection } from './monaco-view.ts';
import { lineOf, offsetOf, type TextPlace } from './text-place.ts';

/** What the page asks of the editor, whichever of the two it is. */
export type EditorHandle = {
  /** Line of the cursor in the file that is shown, from 1; null where the focus is elsewhere. */
  cursorLine(): number | null;
  /** Shows a place in the file that is shown, and takes the focus there. */
  reveal(place: TextPlace): void;
};

type Props = {
  handle: RefObject<EditorHandle | null>;
  files: readonly WorkbenchFile[];
  texts: Texts;
  /** Rises when the texts were replaced by anything but an edit made here. */
  replaced: number;
  active: string;
  /** Plain: the text area is all there is. Rich: it gives way to Monaco once the person turns to it. */
  plain: boolean;
  vim: boolean;
  onChange(path: string, text: string): void;
  onOpen(path: string): void;
  onRunTest(name: string): void;
};

/**
 * A text area that is usable at once. In rich mode a click or a first keystroke in it loads Monaco, which then takes its
 * place, text, selection and focus; passing by with Tab does not.
 */
export function CodeEditor(props: Props) {
  const { handle, files, texts, replaced, active, plain, vim, onChange } = props;
  const file = files.find(({ path }) => path === active);
  const text = texts[active] ?? file?.text ?? '';
  const host = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const still = useRef<HTMLDivElement>(null);
  const vimStatus = useRef<HTMLParagraphElement>(null);
  const view = useRef<MonacoView | null>(null);
  const goesOn = useRef(false);
  const [turnedTo, setTurnedTo] = useState(false);
  const [stage, setStage] = useState<'area' | 'loading' | 'monaco' | 'failed'>('area');
  const [typesMissing, setTypesMissing] = useState(false);

  const latest = useRef(props);
  latest.current = props;

  const wantsMonaco = turnedTo && !plain;
  useEffect(() => {
    if (!wantsMonaco || !host.current) return;
    const place = host.current;
    let gone = false;
    setStage('loading');
    openMonaco(place, latest, () => setTypesMissing(true)).then(
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
      // Whoever was writing goes on in the text area.
      goesOn.current = view.current?.cursorLine() != null;
      view.current?.dispose();
      view.current = null;
      setStage('area');
    };
  }, [wantsMonaco]);

  useEffect(() => {
    if (stage !== 'area' || !goesOn.current) return;
    goesOn.current = false;
    area.current?.focus();
  }, [stage]);
  useEffect(() => view.current?.show(active), [active]);
  useEffect(() => {
    if (stage !== 'monaco' || !vim || !vimStatus.current) return;
    return view.current?.takeVimKeys(vimStatus.current);
  }, [stage, vim]);
  // Not on each change of the texts: what was typed in Monaco comes back late, and would undo the keystrokes since.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the number says when, the texts say what
  useEffect(() => {
    for (const [path, value] of Object.entries(latest.current.texts)) view.current?.setText(path, value);
  }, [replaced]);

  useImperativeHandle(handle, () => ({
    cursorLine() {
      if (view.current) return view.current.cursorLine();
      const box = area.current;
      return box && document.activeElement === box ? lineOf(box.value, box.selectionStart) : null;
    },
    reveal(place) {
      if (view.current) view.current.reveal(place);
      else if (area.current) revealIn(area.current, place);
    },
  }));

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
      {stage === 'monaco' && vim && <p ref={vimStatus} className="wb-vim" data-testid="vim-status" />}
      {stage === 'failed' && (
        <p className="wb-note" role="status">
          The full editor could not be loaded, so this plain one stays. Everything else works; reload the page to try
          again.
        </p>
      )}
      {stage === 'monaco' && typesMissing && (
        <p className="wb-note" role="status">
          The libraries’ types could not be loaded, so only the syntax is checked here. Reload the page to try again.
        </p>
      )}
    </div>
  );
}

// The condition keeps Monaco out of the build that draws the page on the server: Astro would take its style sheets for
// served there and leave them out of the browser’s.
const importMonacoView = import.meta.env.SSR ? null : () => import('./monaco-view.ts');

// Keys that only pass through, or that mean something to the page.
const PASSING_KEYS = new Set(['Tab', 'Shift', 'Control', 'Alt', 'Meta', 'Escape', 'CapsLock', 'F9']);

async function openMonaco(place: HTMLElement, latest: { readonly current: Props }, onNoTypes: () => void) {
  if (!importMonacoView) throw new Error('Monaco runs in a browser only');
  const { createMonacoView } = await importMonacoView();
  const { files, texts, active } = latest.current;
  return createMonacoView(place, {
    files: files.map(({ path, text, editable }) => ({ path, text: texts[path] ?? text, editable })),
    active,
    label: active,
    onChange: (path, text) => latest.current.onChange(path, text),
    onOpen: (path) => latest.current.onOpen(path),
    onRunTest: (name) => latest.current.onRunTest(name),
    onNoTypes,
  });
}

/** Where the person is in the text area, if that is where they are. */
function selectionIn(area: HTMLTextAreaElement | null): Selection | null {
  if (!area || document.activeElement !== area) return null;
  return { start: area.selectionStart, end: area.selectionEnd, scrollTop: area.scrollTop };
}

function revealIn(area: HTMLTextAreaElement, place: TextPlace): void {
  const offset = offsetOf(area.value, place);
  area.focus();
  area.setSelectionRange(offset, offset);
  const lineHeight = Number.parseFloat(getComputedStyle(area).lineHeight);
  area.scrollTop = Math.max(0, (place.line - 1) * lineHeight - area.clientHeight / 2);
}
