import { z } from 'zod';
import { EngineError } from '../errors.ts';

/** Clients write the values of a filter as a list, or as Docker's older map from value to `true`. */
const filters = z.record(z.string(), z.union([z.array(z.string()), z.record(z.string(), z.boolean())]));

/** What a filter looks at. */
type Listed = { request: { name: string; labels: Record<string, string> }; status: string };

/**
 * The filters that Testcontainers uses: `label`, as `key` or `key=value`, `name` and `status`. Throws
 * {@link EngineError} 400 for what is no filter.
 */
export function listFilter(text: string | null): (container: Listed) => boolean {
  const parsed = filters.safeParse(text ? readJson(text) : {});
  if (!parsed.success) {
    throw new EngineError(400, 'invalid filters: each has to be a list of texts, such as {"status":["running"]}');
  }
  const values = (name: string): string[] => {
    const value = parsed.data[name] ?? [];
    return Array.isArray(value) ? value : Object.keys(value);
  };
  const [labels, names, statuses] = [values('label'), values('name'), values('status')];
  return ({ request, status }) =>
    labels.every((label) => hasLabel(request.labels, label)) &&
    (names.length === 0 || names.some((name) => request.name.includes(name.replace(/^\//, '')))) &&
    (statuses.length === 0 || statuses.includes(status));
}

function hasLabel(labels: Record<string, string>, wanted: string): boolean {
  const [name = '', ...rest] = wanted.split('=');
  return Object.hasOwn(labels, name) && (rest.length === 0 || labels[name] === rest.join('='));
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new EngineError(400, 'invalid JSON in filters');
  }
}
