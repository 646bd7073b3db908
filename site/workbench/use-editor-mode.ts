import { useEffect, useState } from 'react';
import { readStored, writeStored } from './browser-storage.ts';

const KEY = 'boundary:plain-editor';

/** Whether the person gets the plain text area: their own choice, else yes on touch, where Monaco does not work. */
export function useEditorMode(): { plain: boolean; setPlain(plain: boolean): void } {
  const [plain, setPlain] = useState(false);
  useEffect(() => {
    const chosen = readStored(KEY);
    setPlain(typeof chosen === 'boolean' ? chosen : matchMedia('(pointer: coarse)').matches);
  }, []);
  return {
    plain,
    setPlain(next) {
      writeStored(KEY, next);
      setPlain(next);
    },
  };
}
