import type { Conditions } from '../../exercises/format.ts';
import type { Round } from '../toolchains/index.ts';

/**
 * The rounds that conditions come to. Seeds are the same each time, so that the same suite gets the same verdict; whoever
 * adds a test has other orders.
 */
export function roundsOf({ shuffled, atOnce, times }: Conditions): Round[] {
  return Array.from({ length: times }, (_, index) => ({ ...(shuffled ? { seed: index + 1 } : {}), atOnce }));
}
