/** What an exercise keeps back until somebody asks: its solution, and the code of what is right and wrong. */

import { unreachable } from './problem-report.ts';
import { RequestRefused } from './run-client.ts';

type Conditions = { shuffled: boolean; atOnce: boolean; times: number };
type Files = Readonly<Record<string, string>>;

export type Answers = {
  /** The same paths as the starter’s. */
  solution: Files;
  /** HTML, from our own Markdown. */
  discussion: string;
  /** `conditions` say how a suite that is mended is run on it. */
  references: readonly { id: string; title: string; files: Files; conditions?: Conditions | undefined }[];
  /** `base` is the reference that the bug was planted in, `changed` the files that differ from it. */
  mutants: readonly { id: string; base: string; changed: Files }[];
  /** Test files that the code is checked by. */
  checks: readonly { id: string; tests: Files }[];
};

const asked = new Map<string, Promise<Answers>>();

/** Once for the page, however many parts of it ask. Rejects with {@link RequestRefused}; the next call tries again. */
export function loadAnswers(slug: string): Promise<Answers> {
  const known = asked.get(slug);
  if (known) return known;
  const loading = fetchAnswers(slug);
  asked.set(slug, loading);
  loading.catch(() => asked.delete(slug));
  return loading;
}

async function fetchAnswers(slug: string): Promise<Answers> {
  const response = await fetch(`/exercises/${encodeURIComponent(slug)}/answers.json`).catch(() => null);
  if (!response?.ok) throw new RequestRefused(unreachable, response?.status ?? 0);
  return (await response.json()) as Answers;
}
