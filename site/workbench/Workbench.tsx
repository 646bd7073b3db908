import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { EditorHandle } from './CodeEditor.tsx';
import { sameTexts } from './drafts.ts';
import { EditorPane } from './EditorPane.tsx';
import type { WorkbenchExercise } from './exercise-props.ts';
import { History } from './History.tsx';
import { PlaceLinks } from './place-link.tsx';
import { announcementOf, progressOf } from './progress.ts';
import { Results } from './Results.tsx';
import { RunBar } from './RunBar.tsx';
import { RunnerNotices } from './RunnerNotices.tsx';
import { SolutionPane } from './SolutionPane.tsx';
import { Tabs, tabId } from './Tabs.tsx';
import type { TextPlace } from './text-place.ts';
import { useDraft } from './use-draft.ts';
import { useEditorMode } from './use-editor-mode.ts';
import { useFormat } from './use-format.ts';
import { useReadiness } from './use-readiness.ts';
import { useRun } from './use-run.ts';
import { areSideBySide, useSide } from './use-side.ts';
import { keyOf } from './workbench-keys.ts';
import { testAt, writtenTests } from './written-tests.ts';

const panes = [
  { id: 'brief', label: 'Brief' },
  { id: 'code', label: 'Code', panel: 'file-panel', narrow: true },
  { id: 'results', label: 'Results' },
  { id: 'solution', label: 'Solution' },
  { id: 'history', label: 'Earlier runs' },
];

/** Why one test alone was not run. */
const NO_TEST: Record<WorkbenchExercise['kind'], string> = {
  'write-tests': 'The cursor is in no test whose name can be told. Nothing was run.',
  'mend-suite': 'The cursor is in no test whose name can be told. Nothing was run.',
  'write-code': 'The tests of this exercise are hidden. Run all, then choose one under “Results”. Nothing was run.',
};

/** What takes the place of another pane begins at its top, wherever a person had scrolled to in that one. */
function bringIntoSight(pane: HTMLElement | null): void {
  if (!areSideBySide() && (pane?.getBoundingClientRect().top ?? 0) < 0) pane?.scrollIntoView({ block: 'start' });
}

/** The workbench. `children` is the brief, rendered at build; it stands beside the code until there are results. */
export function Workbench({ exercise, children }: { exercise: WorkbenchExercise; children?: ReactNode }) {
  const draft = useDraft(exercise);
  const control = useRun(exercise);
  const mode = useEditorMode();
  const format = useFormat(draft);
  const readiness = useReadiness();
  const [pane, setPane] = useState('brief');
  const [active, setActive] = useState(exercise.files[0]?.path ?? '');
  const [goal, setGoal] = useState<TextPlace | null>(null);
  const [note, setNote] = useState('');
  const reading = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorHandle>(null);
  const [side, setSide] = useSide(reading);
  const { run, present, busy, sent } = control;

  // A run that is found again after a reload shows itself.
  useEffect(() => {
    if (present) setPane('results');
  }, [present]);
  // After the file has been shown.
  useEffect(() => {
    if (goal) editor.current?.reveal(goal);
  }, [goal]);

  const select = (tab: string) => {
    setSide(tab === 'code' ? 'code' : 'reading');
    if (tab !== 'code') setPane(tab);
    bringIntoSight(reading.current);
  };
  const start = (only?: string) => {
    setNote('');
    select('results');
    panel.current?.scrollTo({ top: 0 });
    void control.start(draft.latest(), only);
  };
  const startAtCursor = () => {
    const line = editor.current?.cursorLine() ?? null;
    const test = line === null ? undefined : testAt(writtenTests(draft.latest()[active] ?? ''), line);
    if (test) start(test.name);
    else setNote(NO_TEST[exercise.kind]);
  };
  const onKeyDownCapture = (event: KeyboardEvent) => {
    const key = keyOf(event);
    if (!key) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat) return;
    if (key === 'run') start();
    if (key === 'run-one') startAtCursor();
    if (key === 'format') void format.run(active);
    if (key === 'plain') mode.setPlain(!mode.plain);
  };
  const goTo = (path: string, place: TextPlace) => {
    select('code');
    setActive(path);
    setGoal({ ...place });
  };

  const changedSince = sent !== null && !busy && !sameTexts(sent, draft.texts);
  return (
    <section className="workbench" aria-label="Workbench" onKeyDownCapture={onKeyDownCapture}>
      <RunnerNotices readiness={readiness} />
      <p className="visually-hidden" role="status" data-testid="announcement">
        {present ? announcementOf(run, control.only) : ''}
      </p>
      <div className="wb-panes" data-side={side}>
        <div className="wb-pane wb-reading" ref={reading}>
          <Tabs
            label="Brief and results"
            idPrefix="reading"
            active={side === 'code' ? 'code' : pane}
            onSelect={select}
            tabs={panes}
          />
          <div
            className="wb-panel"
            ref={panel}
            role="tabpanel"
            id="reading-panel"
            aria-labelledby={tabId('reading', pane)}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable by keyboard
            tabIndex={0}
          >
            <PlaceLinks files={exercise.files} onGo={goTo}>
              <div hidden={pane !== 'brief'}>{children}</div>
              <div hidden={pane !== 'results'} data-testid="results">
                <Results
                  exercise={exercise}
                  control={control}
                  docker={readiness?.docker}
                  changedSince={changedSince}
                  onRunTest={start}
                />
              </div>
              {pane === 'solution' && <SolutionPane exercise={exercise} texts={draft.texts} />}
              {pane === 'history' && <History exercise={exercise} draft={draft} control={control} onShow={select} />}
            </PlaceLinks>
          </div>
        </div>
        <EditorPane
          exercise={exercise}
          draft={draft}
          mode={mode}
          format={format}
          handle={editor}
          active={active}
          onActive={setActive}
          onRunTest={start}
        >
          <RunBar
            busy={busy}
            cancelling={control.cancelling}
            status={note || (present ? progressOf(run, control.only) : '')}
            onRun={() => start()}
            onCancel={() => void control.cancel()}
          />
        </EditorPane>
      </div>
      <p className="visually-hidden" role="status">
        {note}
      </p>
    </section>
  );
}
