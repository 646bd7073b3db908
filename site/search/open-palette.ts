/** Opens the palette on its button and on Ctrl+K or ⌘K. Its code is loaded with the first opening. */
export function enhanceOpener(button: HTMLButtonElement, dialog: HTMLDialogElement): void {
  let ready: Promise<void> | undefined;
  const open = async () => {
    if (dialog.open) return;
    dialog.showModal();
    ready ??= import('./palette.ts').then(({ enhancePalette }) => enhancePalette(dialog));
    await ready;
  };
  button.addEventListener('click', () => void open());
  document.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    // Monaco has chords that begin with the same keys.
    if ((event.target as Element).closest?.('.monaco-editor')) return;
    event.preventDefault();
    void open();
  });
  button.hidden = false;
}
