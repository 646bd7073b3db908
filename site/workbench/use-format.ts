import { useState } from 'react';
import type { Draft } from './use-draft.ts';

export type Format = {
  /** What became of it, where that has to be said. */
  word: string;
  run(path: string): Promise<void>;
};

/** Formats a file of the draft when it is asked to; a text that cannot be parsed stays as it is. */
export function useFormat(draft: Draft): Format {
  const [word, setWord] = useState('');
  return {
    word,
    async run(path) {
      const before = draft.latest()[path];
      if (before === undefined) return;
      const formatCode = await import('./format-code.ts')
        .then(({ loadFormatter }) => loadFormatter())
        .catch(() => null);
      if (!formatCode) {
        setWord('Not formatted: the formatter could not be loaded. Reload the page to try again.');
        return;
      }
      try {
        const after = await formatCode(before);
        // What was typed meanwhile is worth more than its order.
        if (draft.latest()[path] !== before) return;
        if (after !== before) draft.rewrite(path, after);
        setWord(after === before ? 'Formatted already.' : 'Formatted.');
      } catch (error) {
        setWord(`Not formatted: ${reasonOf(error)}`);
      }
    },
  };
}

/** Prettier’s first line says what is wrong and where; the rest draws it. */
function reasonOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line;
}
