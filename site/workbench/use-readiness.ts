import { useEffect, useState } from 'react';
import type { Readiness } from '../../runner/protocol.ts';
import { readReadiness } from './run-client.ts';

/** What the runner says about itself; null until it has, and where it does not answer. */
export function useReadiness(): Readiness | null {
  const [readiness, setReadiness] = useState<Readiness | null>(null);
  useEffect(() => {
    let gone = false;
    void readReadiness().then((answer) => {
      if (!gone) setReadiness(answer);
    });
    return () => {
      gone = true;
    };
  }, []);
  return readiness;
}
