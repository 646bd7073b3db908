/** What a person has done here, as this browser remembers it: lessons marked as read, exercises passed. No account. */
export type Done = 'lesson' | 'exercise';

const prefix = 'boundary:';

export function isDone(kind: Done, slug: string): boolean {
  return kept(keyOf(kind, slug)) !== null;
}

/** Returns whether the browser keeps it. */
export function setDone(kind: Done, slug: string, done: boolean): boolean {
  return (
    stored((store) => {
      if (done) store.setItem(keyOf(kind, slug), new Date().toISOString());
      else store.removeItem(keyOf(kind, slug));
      return true;
    }) ?? false
  );
}

/** Everything that Boundary keeps in this browser: progress, quiz answers, drafts, runs, choices. */
export function everythingKept(): Record<string, string> {
  return (
    stored((store) =>
      Object.fromEntries(
        Object.keys(store)
          .filter((key) => key.startsWith(prefix))
          .sort()
          .map((key) => [key, store.getItem(key) ?? '']),
      ),
    ) ?? {}
  );
}

/** What is kept under one key; null where nothing is, or where the browser keeps nothing. */
export function kept(key: string): string | null {
  return stored((store) => store.getItem(key)) ?? null;
}

/**
 * Lays entries over what is there, and takes away those that are null; entries that are only here stay. Returns whether the
 * browser keeps them all.
 */
export function keep(entries: Readonly<Record<string, string | null>>): boolean {
  return (
    stored((store) => {
      for (const [key, value] of Object.entries(entries)) {
        if (value === null) store.removeItem(key);
        else store.setItem(key, value);
      }
      return true;
    }) ?? false
  );
}

export function forgetEverything(): void {
  stored((store) => {
    for (const key of Object.keys(everythingKept())) store.removeItem(key);
  });
}

function keyOf(kind: Done, slug: string): string {
  return `${prefix}${kind === 'lesson' ? 'read' : 'passed'}:${slug}`;
}

/** Storage throws where the browser forbids it, or where it is full. */
function stored<T>(use: (store: Storage) => T): T | undefined {
  try {
    return use(localStorage);
  } catch {
    return undefined;
  }
}
