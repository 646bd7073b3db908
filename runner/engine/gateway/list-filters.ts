import { z } from 'zod';
import { EngineError } from '../errors.ts';

/** Clients write the values of a filter as a list, or as Docker's older map from value to `true`. */
const filters = z.record(z.string(), z.union([z.array(z.string()), z.record(z.string(), z.boolean())]));

/** What a filter looks at. */
type Listed = { id: string; request: { name: string; labels: Record<string, string> }; status: string };

/** Gives the values of each filter by its name. Throws {@link EngineError} 400 for what is no filter. */
export function readFilters(text: string | null): (name: string) => string[] {
  const parsed = filters.safeParse(text ? readJson(text) : {});
  if (!parsed.success) {
    throw new EngineError(400, 'invalid filters: each has to be a list of texts, such as {"status":["running"]}');
  }
  return (name) => {
    const value = Object.hasOwn(parsed.data, name) ? (parsed.data[name] ?? []) : [];
    return Array.isArray(value) ? value : Object.keys(value);
  };
}

/** The filters that Testcontainers uses: `label`, as `key` or `key=value`, `name`, `id` and `status`. */
export function listFilter(values: (name: string) => string[]): (container: Listed) => boolean {
  const [labels, names, ids, statuses] = [values('label'), values('name'), values('id'), values('status')];
  return ({ id, request, status }) =>
    labels.every((label) => hasLabel(request.labels, label)) &&
    (ids.length === 0 || ids.some((wanted) => id.startsWith(wanted))) &&
    (names.length === 0 || names.some((name) => request.name.includes(name.replace(/^\//, '')))) &&
    (statuses.length === 0 || statuses.includes(status));
}

export function hasLabel(labels: Record<string, string>, wanted: string): boolean {
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
