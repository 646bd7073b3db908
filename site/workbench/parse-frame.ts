import type { EventBody } from '../../runner/protocol.ts';
import type { Frame } from './run-state.ts';

type Kind = 'string' | 'number' | 'array' | 'object';

// The fields that the reducer and the views read without asking. The schemas in the protocol say it in full; bundling a
// schema library to check our own runner twice would triple what the page loads.
const needed: Record<EventBody['type'], Record<string, Kind>> = {
  queued: { position: 'number' },
  started: { attempt: 'number', engine: 'object', limits: 'object', variants: 'array' },
  'variant-started': { variant: 'string' },
  container: { variant: 'string', container: 'string', image: 'string', state: 'string', ms: 'number' },
  test: { variant: 'string', name: 'string', outcome: 'string', ms: 'number' },
  output: { variant: 'string', stream: 'string', text: 'string' },
  trace: { variant: 'string', entries: 'array', dropped: 'number' },
  'variant-finished': { variant: 'string', outcome: 'string', ms: 'number' },
  verdict: { verdict: 'object' },
  finished: { outcome: 'string' },
};

const neededInVerdict: Record<string, Kind> = {
  outcome: 'string',
  reason: 'string',
  references: 'array',
  mutants: 'array',
  timings: 'object',
};

/** Reads one text frame of the event stream. `null` means that it is no event at all. */
export function parseFrame(text: unknown): Frame | null {
  const value = parse(text);
  if (!isObject(value) || !Number.isInteger(value.seq) || typeof value.at !== 'string') return null;
  const { seq, at, type } = value as { seq: number; at: string; type: unknown };
  if (typeof type !== 'string') return null;
  const known = Object.hasOwn(needed, type) ? needed[type as EventBody['type']] : undefined;
  if (!known || !has(value, known)) return { seq, at, type: 'unknown' };
  if (type === 'verdict' && !has(value.verdict as Record<string, unknown>, neededInVerdict)) {
    return { seq, at, type: 'unknown' };
  }
  return value as Frame;
}

function parse(text: unknown): unknown {
  if (typeof text !== 'string') return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function has(value: Record<string, unknown>, fields: Record<string, Kind>): boolean {
  return Object.entries(fields).every(([field, kind]) => {
    const found = value[field];
    if (kind === 'array') return Array.isArray(found);
    if (kind === 'object') return isObject(found);
    return typeof found === kind;
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
