/**
 * What the runner and the Vitest host inside a learner's sandbox say to each other, one JSON value a line. Everything
 * from inside is a claim: learner code shares the process that makes it.
 */
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import { maxSentText, maxTextLength } from './text-length.ts';

/** How the files are run once: in an order that the seed decides, or as written; all tests of a file at once, or one by one. */
export type Round = { seed?: number; atOnce?: boolean };

/**
 * Runner to host, first: the files to test, and optionally the one test to run and how often it is done and how. It ends
 * with the first round in which something fails. Any later line acknowledges a turn.
 */
export type TestCommand = { files: Record<string, string>; only?: string | undefined; rounds?: readonly Round[] };

/** Colours are for terminals; who shows this text brings colours of their own. */
const text = z.string().transform((value) => stripVTControlCharacters(value.slice(0, maxTextLength)));
const name = z.string().transform((value) => stripVTControlCharacters(value.slice(0, 512)));

/** 1-based, in a file of the learner's or the subject's, relative to the working folder. */
const place = z.object({ file: name, line: z.int(), column: z.int() });

const failure = z.object({
  message: text,
  expected: text.optional(),
  actual: text.optional(),
  at: place.optional(),
  /** The test or hook ran out of time. */
  timeout: z.boolean(),
});
export type Failure = z.infer<typeof failure>;

/** Host to runner. */
export const hostMessageSchema = z.discriminatedUnion('type', [
  /** Vitest and the libraries are loaded; files may come. `fault` says what went otherwise than it should in a rehearsal. */
  z.object({ type: z.literal('ready'), fault: text.optional() }),
  /** The test files are loaded: the tests there are. */
  z.object({ type: z.literal('planned'), tests: z.array(name).max(10_000) }),
  /** A test begins. The host waits for the runner's acknowledgement before it goes on, so that no traffic of it can be earlier. */
  z.object({ type: z.literal('running'), name }),
  /** It has ended, its hooks too, which is acknowledged likewise. */
  z.object({ type: z.literal('ran'), name }),
  z.object({
    type: z.literal('test'),
    name,
    outcome: z.enum(['passed', 'failed', 'skipped']),
    ms: z.number().min(0).max(86_400_000),
    failure: failure.optional(),
  }),
  /**
   * A query is about to be sent to a database, over the connection that has this port of the sandbox. `sql` is how its text
   * begins, `from` the lines that it comes from, innermost first.
   */
  z.object({
    type: z.literal('sending'),
    port: z.int(),
    sql: z.string().max(maxSentText),
    from: z.array(place).max(8),
  }),
  /** The end. `faults` are failures outside of any test: in a hook of the file, on loading it, or unhandled. */
  z.object({ type: z.literal('done'), faults: z.array(failure.extend({ where: name })).max(100) }),
]);
export type HostMessage = z.infer<typeof hostMessageSchema>;
