import { useEffect, useRef } from 'react';

/** What each row of the list says; its keys are pressed together. */
const groups: readonly { title: string; rows: readonly { keys: readonly string[]; does: string }[] }[] = [
  {
    title: 'On the page',
    rows: [
      { keys: ['Ctrl or ⌘', 'Enter'], does: 'Run all tests; a run under way gives way to the new one' },
      { keys: ['Alt', 'Enter'], does: 'Run only the test that the cursor is in' },
      { keys: ['← ↑ → ↓'], does: 'Go from cell to cell, in the kill matrix' },
      { keys: ['F9'], does: 'Change between the full editor and the plain one' },
      { keys: ['Shift', 'Alt', 'F'], does: 'Format the file' },
      { keys: ['← →'], does: 'Go from tab to tab, in a row of tabs' },
      { keys: ['?'], does: 'Show this list, outside of a text' },
    ],
  },
  {
    title: 'In the full editor',
    rows: [
      { keys: ['Ctrl', 'M'], does: 'Let Tab leave the editor, or indent again' },
      { keys: ['Ctrl', 'Space'], does: 'Suggest what may stand here' },
      { keys: ['F8'], does: 'Go to the next mistake' },
      { keys: ['F12'], does: 'Go to the definition; Alt and F12 shows it in place' },
      { keys: ['Ctrl', 'Shift', 'Space'], does: 'Show what a call takes' },
      { keys: ['Ctrl or ⌘', '/'], does: 'Comment the line out, or in' },
      { keys: ['F1'], does: 'List all commands of the editor' },
    ],
  },
];

/** A button and the key `?`, which open the list of keys. */
export function Shortcuts() {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = () => {
    dialog.current?.showModal();
    // Its button has the focus then, at the end of a list that may be longer than the window.
    dialog.current?.scrollTo({ top: 0 });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: it holds a ref alone
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== '?' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isText(event.target) || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      open();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <>
      <button type="button" className="button button-plain" aria-keyshortcuts="?" onClick={open}>
        Shortcuts
      </button>
      <dialog ref={dialog} className="wb-shortcuts" aria-labelledby="wb-shortcuts-title">
        <h2 id="wb-shortcuts-title">Keyboard shortcuts</h2>
        {groups.map(({ title, rows }) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            <dl>
              {rows.map(({ keys, does }) => (
                <div key={does}>
                  <dt>
                    {keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <form method="dialog">
          <button type="submit" className="button">
            Close
          </button>
        </form>
      </dialog>
    </>
  );
}

function isText(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, [contenteditable], .monaco-editor') !== null;
}
