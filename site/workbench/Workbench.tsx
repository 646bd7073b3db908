import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { CodeEditor } from './CodeEditor.tsx';
import { sameTexts } from './drafts.ts';
import type { WorkbenchExercise } from './exercise-props.ts';
import { Icon } from './icons.tsx';
import { announcementOf, progressOf } from './progress.ts';
import { ResetButton } from './ResetButton.tsx';
import { Results } from './Results.tsx';
import { RunnerNotices } from './RunnerNotices.tsx';
import { Shortcuts } from './Shortcuts.tsx';
import { Tabs, tabId } from './Tabs.tsx';
import { useDraft } from './use-draft.ts';
import { useEditorMode } from './use-editor-mode.ts';
import { useRun } from './use-run.ts';

/** Where the panes stand one above the other, the results are far from the button that filled them. */
function bringIntoSight(pane: HTMLElement | null): void {
  const top = pane?.getBoundingClientRect().top ?? 0;
  if (top < 0 || top > window.innerHeight / 2) pane?.scrollIntoView({ block: 'start' });
}

/** The workbench. `children` is the brief, rendered at build; it stands beside the code until there are results. */
export function Workbench({ exercise, children }: { exercise: WorkbenchExercise; children?: ReactNode }) {
  const draft = useDraft(exercise);
  const control = useRun(exercise);
  const { plain, setPlain } = useEditorMode();
  const [pane, setPane] = useState('brief');
  const [active, setActive] = useState(exercise.files[0]?.path ?? '');
  const reading = useRef<HTMLDivElement>(null);
  const { run, present, busy, sent } = control;

  // A run that is found again after a reload shows itself.
  useEffect(() => {
    if (present) setPane('results');
  }, [present]);

  const start = () => {
    setPane('results');
    reading.current?.scrollTo({ top: 0 });
    bringIntoSight(reading.current);
    void control.start(draft.latest());
  };
  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) start();
  };

  const fileTabs = useMemo(
    () =>
      exercise.files.map(({ path, editable }) => ({
        id: path,
        label: (
          <>
            {path}
            {!editable && (
              <>
                <Icon sign="lock" size={12} />
                <span className="visually-hidden">, read-only</span>
              </>
            )}
          </>
        ),
      })),
    [exercise],
  );
  const changedSince = sent !== null && !busy && !sameTexts(sent, draft.texts);

  return (
    <section className="workbench" aria-label="Workbench" onKeyDownCapture={onKeyDownCapture}>
      <RunnerNotices />
      <p className="visually-hidden" role="status" data-testid="announcement">
        {present ? announcementOf(run) : ''}
      </p>
      <div className="wb-panes">
        <div className="wb-pane wb-reading" ref={reading}>
          <Tabs
            label="Brief and results"
            idPrefix="reading"
            active={pane}
            onSelect={setPane}
            tabs={[
              { id: 'brief', label: 'Brief' },
              { id: 'results', label: 'Results' },
            ]}
          />
          <div
            className="wb-panel"
            role="tabpanel"
            id="reading-panel"
            aria-labelledby={tabId('reading', pane)}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable by keyboard
            tabIndex={0}
          >
            <div hidden={pane !== 'brief'}>{children}</div>
            <div hidden={pane !== 'results'} data-testid="results">
              <Results exercise={exercise} control={control} changedSince={changedSince} />
            </div>
          </div>
        </div>
        <div className="wb-pane wb-code">
          <Tabs label="Files" idPrefix="file" active={active} onSelect={setActive} tabs={fileTabs} />
          <div className="wb-file" role="tabpanel" id="file-panel" aria-labelledby={tabId('file', active)}>
            <CodeEditor
              files={exercise.files}
              texts={draft.texts}
              replaced={draft.replaced}
              active={active}
              plain={plain}
              onChange={draft.edit}
            />
          </div>
          <div className="wb-bar-run">
            <button
              type="button"
              className="button button-main"
              onClick={start}
              aria-keyshortcuts="Control+Enter Meta+Enter"
            >
              <Icon sign="run" size={14} /> {busy ? 'Run again' : 'Run'}
            </button>
            <button
              type="button"
              className="button"
              disabled={!busy || control.cancelling}
              onClick={() => void control.cancel()}
            >
              <Icon sign="stop" size={14} /> Cancel
            </button>
            <p className="wb-status" aria-hidden="true" data-testid="status">
              {present ? progressOf(run) : 'Ctrl or Cmd + Enter runs'}
            </p>
            <ResetButton draft={draft} />
          </div>
          <div className="wb-foot">
            <label>
              <input type="checkbox" checked={plain} onChange={(event) => setPlain(event.currentTarget.checked)} />{' '}
              Plain text editor
            </label>
            <Shortcuts />
            <p role="status">{draft.fromAnotherTab && 'You edited this in another tab: here is that newer text.'}</p>
            <p>
              {draft.kept
                ? 'Edits are kept in this browser.'
                : 'This browser does not keep your edits: copy them before you leave the page.'}{' '}
              {!plain && (
                <>
                  In the full editor <kbd>Ctrl</kbd> <kbd>M</kbd> lets <kbd>Tab</kbd> leave it.
                </>
              )}
            </p>
          </div>
        </div>
      </div>
    </section>
  );
}
