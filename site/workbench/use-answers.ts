import { useEffect, useState } from 'react';
import { type Answers, loadAnswers } from './answers.ts';

/** The exercise’s answers once `wanted`; `failed` where they could not be had, until `again` is called. */
export function useAnswers(slug: string, wanted: boolean): { answers: Answers | null; failed: boolean; again(): void } {
  const [answers, setAnswers] = useState<Answers | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!wanted || answers || failed) return;
    let gone = false;
    loadAnswers(slug).then(
      (loaded) => {
        if (!gone) setAnswers(loaded);
      },
      () => {
        if (!gone) setFailed(true);
      },
    );
    return () => {
      gone = true;
    };
  }, [slug, wanted, answers, failed]);
  return { answers, failed, again: () => setFailed(false) };
}
