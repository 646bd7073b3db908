import { setTimeout as pause } from 'node:timers/promises';

// #region wait-until
/** Asks again until `check` resolves. After `limitMs`, rejects with what the last attempt said. */
export async function waitUntil(check: () => Promise<void>, limitMs = 30_000): Promise<void> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    try {
      return await check();
    } catch (cause) {
      if (performance.now() > deadline) throw new Error(`not ready after ${limitMs} ms: ${cause}`, { cause });
      await pause(25);
    }
  }
}

/** Resolves when the service says of itself that it can be used. */
export function healthy(url: string): () => Promise<void> {
  return async () => {
    const answer = await fetch(`${url}/health`, { signal: AbortSignal.timeout(10_000) });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  };
}
// #endregion wait-until
