/**
 * Turns that the runner has yet to acknowledge, first come first served. The host process loads this module by itself and
 * Vitest loads it again for the setup file, so the two share what is kept under a symbol.
 */
const key = Symbol.for('boundary.turns');
const shared = globalThis as { [key]?: (() => void)[] };

/** Resolves once the runner has acknowledged what is said next. */
export function nextTurn(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  shared[key] ??= [];
  shared[key].push(resolve);
  return promise;
}

/** The runner has acknowledged the oldest one. */
export function acknowledgeTurn(): void {
  shared[key]?.shift()?.();
}
