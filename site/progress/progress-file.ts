/** The file that progress travels in, from one browser to another. */
import { parseAnswers } from '../quiz/quiz-answers.ts';

const format = 'boundary-progress';

/**
 * Whether an entry travels. A run's key opens that run to whoever holds it, so runs stay in the browser that submitted them.
 * What this browser and its runner last agreed on says nothing to another one.
 */
const travels = (key: string) => !/^boundary:(run:|synced$)/.test(key);

export function writeProgressFile(entries: Readonly<Record<string, string>>): string {
  const portable = Object.entries(entries).filter(([key]) => travels(key));
  return `${JSON.stringify({ format, version: 1, entries: Object.fromEntries(portable) }, null, 2)}\n`;
}

/** The entries of a file, or a sentence that says what is wrong with it and what to do. */
export function readProgressFile(text: string): { entries: Record<string, string> } | { problem: string } {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return { problem: 'This file is not JSON. Choose the file that “Export” saved.' };
  }
  if (typeof file !== 'object' || file === null || !('format' in file) || file.format !== format) {
    return { problem: 'This file holds no progress of Boundary. Choose the file that “Export” saved.' };
  }
  if (!('version' in file) || file.version !== 1) {
    return { problem: 'This file comes from another version of Boundary. Export it again from this one.' };
  }
  const entries = 'entries' in file ? file.entries : undefined;
  if (typeof entries !== 'object' || entries === null || Array.isArray(entries)) {
    return { problem: 'This file is damaged: its entries are missing. Export it again.' };
  }
  const pairs = Object.entries(entries);
  const sound = pairs.every(([key, value]) => /^boundary:[a-z]/.test(key) && travels(key) && typeof value === 'string');
  if (!sound) return { problem: 'This file is damaged: it holds what Boundary never wrote. Export it again.' };
  return { entries: Object.fromEntries(pairs) as Record<string, string> };
}

/**
 * What an import adds to what is `here`: a test that is being written, an answer or a choice of this browser stays as it is.
 * A quiz is many answers under one key, so its entries are brought together.
 */
export function addedTo(
  here: Readonly<Record<string, string>>,
  entries: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([key, value]) => {
      const own = here[key];
      if (own === undefined) return [[key, value]];
      if (!key.startsWith('boundary:quiz:')) return [];
      return [[key, JSON.stringify({ ...parseAnswers(value), ...parseAnswers(own) })]];
    }),
  );
}
