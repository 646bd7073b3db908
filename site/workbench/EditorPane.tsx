import { type ReactNode, type RefObject, useMemo } from 'react';
import { CodeEditor, type EditorHandle } from './CodeEditor.tsx';
import type { WorkbenchExercise } from './exercise-props.ts';
import { Icon } from './icons.tsx';
import { ResetButton } from './ResetButton.tsx';
import { Shortcuts } from './Shortcuts.tsx';
import { Tabs, tabId } from './Tabs.tsx';
import { TakeHome } from './TakeHome.tsx';
import type { Draft } from './use-draft.ts';
import type { EditorMode } from './use-editor-mode.ts';
import type { Format } from './use-format.ts';

type Props = {
  exercise: WorkbenchExercise;
  draft: Draft;
  mode: EditorMode;
  format: Format;
  handle: RefObject<EditorHandle | null>;
  active: string;
  onActive(path: string): void;
  onRunTest(name: string): void;
  /** The bar with Run. */
  children: ReactNode;
};

/** The files, the editor over them, and what can be done with their text. */
export function EditorPane({ exercise, draft, mode, format, handle, active, onActive, onRunTest, children }: Props) {
  const editable = exercise.files.filter((file) => file.editable);
  const isEditable = editable.some(({ path }) => path === active);
  const tabs = useMemo(
    () =>
      exercise.files.map((file) => ({
        id: file.path,
        label: (
          <>
            {file.path}
            {!file.editable && (
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
  return (
    <div className="wb-pane wb-code">
      <Tabs label="Files" idPrefix="file" active={active} onSelect={onActive} tabs={tabs} />
      <div className="wb-file" role="tabpanel" id="file-panel" aria-labelledby={tabId('file', active)}>
        <CodeEditor
          handle={handle}
          files={exercise.files}
          texts={draft.texts}
          replaced={draft.replaced}
          active={active}
          plain={mode.plain}
          vim={mode.vim}
          onChange={draft.edit}
          onOpen={onActive}
          onRunTest={onRunTest}
        />
      </div>
      <div className="wb-bar-run">{children}</div>
      <div className="wb-foot">
        <button
          type="button"
          className="button button-plain"
          disabled={!isEditable}
          aria-keyshortcuts="Shift+Alt+F"
          onClick={() => void format.run(active)}
        >
          Format
        </button>
        <ResetButton draft={draft} file={editable.length > 1 && isEditable ? active : null} />
        <TakeHome exercise={exercise} latest={draft.latest} />
        <Shortcuts />
        <label>
          <input
            type="checkbox"
            aria-keyshortcuts="F9"
            checked={mode.plain}
            onChange={(event) => mode.setPlain(event.currentTarget.checked)}
          />{' '}
          Plain text editor
        </label>
        {!mode.plain && (
          <label>
            <input type="checkbox" checked={mode.vim} onChange={(event) => mode.setVim(event.currentTarget.checked)} />{' '}
            Vim keys
          </label>
        )}
        <p role="status">
          {draft.fromAnotherTab && 'You edited this in another tab: here is that newer text.'} {format.word}
        </p>
        <p>
          {draft.kept
            ? 'Edits are kept in this browser.'
            : 'This browser does not keep your edits: copy them before you leave the page.'}{' '}
          {!mode.plain && (
            <>
              In the full editor <kbd>Ctrl</kbd> <kbd>M</kbd> lets <kbd>Tab</kbd> leave it.
            </>
          )}
        </p>
      </div>
    </div>
  );
}
