import { type RefObject, useEffect, useState } from 'react';

/** As in `styles/layout.css`. */
const sideBySide = '(min-width: 68rem)';

/** Whether both panes are shown. To be asked in a browser. */
export function areSideBySide(): boolean {
  return matchMedia(sideBySide).matches;
}

export type Side = 'reading' | 'code';

/**
 * Which of the two panes is shown where only one fits; side by side, both are. Whose focus was in the pane that goes finds
 * it again in the one that comes.
 */
export function useSide(reading: RefObject<HTMLElement | null>): [Side, (side: Side) => void] {
  const [side, setSide] = useState<Side>('reading');
  useEffect(() => {
    const wide = matchMedia(sideBySide);
    const onChange = () => {
      if (wide.matches) setSide('reading');
    };
    wide.addEventListener('change', onChange);
    return () => wide.removeEventListener('change', onChange);
  }, []);
  useEffect(() => {
    const focused = document.activeElement;
    if (side === 'reading' && focused?.closest('.wb-code') && !focused.checkVisibility()) {
      reading.current?.querySelector<HTMLElement>('[role=tabpanel]')?.focus({ preventScroll: true });
    }
  }, [side, reading]);
  return [side, setSide];
}
