import type { KeyboardEvent } from 'react';

/** What a key means to the workbench, wherever in it the focus is. */
export type WorkbenchKey = 'run' | 'run-one' | 'plain' | 'format';

export function keyOf({ key, code, ctrlKey, metaKey, altKey, shiftKey, target }: KeyboardEvent): WorkbenchKey | null {
  const command = ctrlKey || metaKey;
  if (key === 'Enter' && command && !altKey && !shiftKey) return 'run';
  // In the editor's own boxes, such as that for finding, the key is theirs.
  if (key === 'Enter' && altKey && !command && !shiftKey && inText(target)) return 'run-one';
  if (key === 'F9' && !command && !altKey && !shiftKey) return 'plain';
  // By the key and not by what it types: with Alt, a Mac's types a letter of its own.
  if (code === 'KeyF' && altKey && shiftKey && !command) return 'format';
  return null;
}

function inText(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.closest('.wb-area, .native-edit-context, .inputarea') !== null;
}
