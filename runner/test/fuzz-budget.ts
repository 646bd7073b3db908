import type { Parameters } from 'fast-check';

/** Seconds for each property, as `npm run fuzz` sets them; without, a short portion that is the same every time. */
const seconds = Number(process.env.FUZZ_SECONDS ?? 0);

/** How long a property is tried. A counterexample is printed with the seed that finds it again. */
export const fuzzBudget: Parameters<unknown> =
  seconds > 0
    ? { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: seconds * 1000 }
    : { numRuns: 300, seed: 20_261_124 };

/** The limit of a test that tries one property, in ms. */
export const fuzzTimeoutMs = seconds * 1000 + 60_000;
