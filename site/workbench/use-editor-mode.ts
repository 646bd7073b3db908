import { useEffect, useState } from 'react';
import { readStored, writeStored } from './browser-storage.ts';

const PLAIN = 'boundary:plain-editor';
const VIM = 'boundary:vim-keys';

export type EditorMode = {
  /** Whether the person gets the plain text area: their own choice, else yes on touch, where Monaco does not work. */
  plain: boolean;
  /** Whether the full editor takes keys as Vim does. */
  vim: boolean;
  setPlain(plain: boolean): void;
  setVim(vim: boolean): void;
};

/** How the person wants to write, kept in this browser for all exercises. */
export function useEditorMode(): EditorMode {
  const [plain, setPlain] = useState(false);
  const [vim, setVim] = useState(false);
  useEffect(() => {
    const chosen = readStored(PLAIN);
    setPlain(typeof chosen === 'boolean' ? chosen : matchMedia('(pointer: coarse)').matches);
    setVim(readStored(VIM) === true);
  }, []);
  return {
    plain,
    vim,
    setPlain(next) {
      writeStored(PLAIN, next);
      setPlain(next);
    },
    setVim(next) {
      writeStored(VIM, next);
      setVim(next);
    },
  };
}
