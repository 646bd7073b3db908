import { useEffect, useState } from 'react';
import type { RunState } from './run-state.ts';
import { milliseconds } from './words.ts';

/** Time since the run was accepted; stands still at its end. Hidden from screen readers, which would hear it tick. */
export function Elapsed({ run }: { run: RunState }) {
  const [now, setNow] = useState(() => Date.now());
  const ticking = run.firstAt !== null && run.phase !== 'finished';
  useEffect(() => {
    if (!ticking) return;
    const timer = setInterval(() => setNow(Date.now()), 100);
    return () => clearInterval(timer);
  }, [ticking]);
  if (run.firstAt === null) return null;
  const end = run.phase === 'finished' && run.lastAt ? Date.parse(run.lastAt) : now;
  return (
    <span className="wb-elapsed" aria-hidden="true">
      {milliseconds(Math.max(0, end - Date.parse(run.firstAt)))}
    </span>
  );
}
