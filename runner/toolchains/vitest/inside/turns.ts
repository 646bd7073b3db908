/** Turns that the runner has yet to acknowledge, first come first served. */
const waiting: (() => void)[] = [];

/** Resolves once the runner has acknowledged what is said next. */
export function nextTurn(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  waiting.push(resolve);
  return promise;
}

/** The runner has acknowledged the oldest one. */
export function acknowledgeTurn(): void {
  waiting.shift()?.();
}
