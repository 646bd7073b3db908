/**
 * Tells the runner which lines of the submission each query of `pg` comes from. The runner reads what crosses by itself;
 * this adds what cannot be seen from there, and a failure of it costs no more than that.
 */
import type { Socket } from 'node:net';
import pg from 'pg';
import { maxSentText } from '../text-length.ts';
import { say } from './frames.ts';
import { placesIn } from './stack-places.ts';

type Place = ReturnType<typeof placesIn>[number];
type Sent = pg.Query & { text?: unknown };
type Callback = (...results: unknown[]) => unknown;
type Method = (this: object, ...values: unknown[]) => unknown;

/** As many as a trace holds entries. */
const maxTold = 1000;
const maxPlaces = 8;
/** Frames of a stack: libraries may stand between a query and the test. */
const depth = 40;

/**
 * From now on, queries are told of as they are sent. What they do, return and throw stays as it is.
 *
 * @param root the folder of the submission
 */
export function tellOfQueries(root: string): void {
  /** Where queries come from that wait for their connection. */
  const waiting = new WeakMap<object, Place[]>();
  /** Of the call that is being made, and of the one that waited for a connection from a pool. */
  let calling: Place[] = [];
  let before: Place[] = [];
  let told = 0;

  const here = () => {
    const places = placesNow(root);
    return places.length > 0 ? places : before;
  };

  wrap(
    pg.Client.prototype,
    'query',
    (query) =>
      function (...values) {
        const outer = calling;
        calling = told < maxTold ? here() : [];
        try {
          const result = query.apply(this, values);
          const last = (this as { _queryQueue?: object[] })._queryQueue?.at(-1);
          if (last && calling.length > 0) waiting.set(last, calling);
          return result;
        } finally {
          calling = outer;
        }
      },
  );

  // A pool sends a query once it has a connection for it, and by then nobody is left on the stack.
  wrap(
    Object.getPrototypeOf(pg.Pool.prototype),
    'connect',
    (connect) =>
      function (...values) {
        const [callback, ...others] = values;
        if (typeof callback !== 'function' || told >= maxTold) return connect.apply(this, values);
        const places = here();
        const later: Callback = (...results) => {
          const outer = before;
          before = places;
          try {
            return (callback as Callback)(...results);
          } finally {
            before = outer;
          }
        };
        return connect.call(this, later, ...others);
      },
  );

  wrap(
    pg.Query.prototype,
    'submit',
    (submit) =>
      function (...values) {
        const { text } = this as Sent;
        const port = ((values[0] as pg.Connection | undefined)?.stream as Socket | undefined)?.localPort;
        const from = waiting.get(this) ?? calling;
        if (from.length > 0 && told < maxTold && port !== undefined && typeof text === 'string') {
          told++;
          // Before it is sent, so that the runner knows it before the answer.
          say({ type: 'sending', port, sql: text.slice(0, maxSentText), from: from.slice(0, maxPlaces) });
        }
        return submit.apply(this, values);
      },
  );
}

function wrap(owner: object, name: string, around: (method: Method) => Method): void {
  const methods = owner as Record<string, Method>;
  const method = methods[name];
  if (!method) return;
  const wrapped = around(method);
  Object.defineProperties(wrapped, { name: { value: method.name }, length: { value: method.length } });
  Object.defineProperty(owner, name, { value: wrapped, writable: true, configurable: true, enumerable: false });
}

/** Where call sites are in the source, by where they are in what it was compiled to. */
const known = new Map<string, Place[]>();

/** Lines of the submission that lead here, also over what they wait for. */
function placesNow(root: string): Place[] {
  const { stackTraceLimit, prepareStackTrace } = Error;
  try {
    Error.stackTraceLimit = depth;
    // Putting a stack in terms of the source takes as long as a query, and most of its lines are the libraries'.
    Error.prepareStackTrace = (error, sites) => sites.flatMap((site) => placesOf(site, error, root, prepareStackTrace));
    return new Error().stack as unknown as Place[];
  } catch {
    // A test may have put something of its own in the place of stacks.
    return [];
  } finally {
    Reflect.set(Error, 'stackTraceLimit', stackTraceLimit);
    Reflect.set(Error, 'prepareStackTrace', prepareStackTrace);
  }
}

function placesOf(site: NodeJS.CallSite, error: Error, root: string, prepare: typeof Error.prepareStackTrace): Place[] {
  const file = site.getFileName();
  if (!file?.includes(root)) return [];
  const key = `${file}:${site.getLineNumber()}:${site.getColumnNumber()}`;
  const places = known.get(key) ?? placesIn(String(prepare?.(error, [site])), root);
  known.set(key, places);
  return places;
}
