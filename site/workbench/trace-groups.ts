/** One variant's trace, as a reader looks at it: by test, in the order in which things crossed. */
import type { TraceEntry } from '../../runner/protocol.ts';

export type TraceStatement = Extract<TraceEntry, { kind: 'statement' }>;

export type TraceGroup = {
  /** Unique within the trace. */
  key: string;
  /** The test's full name, or where between tests it was. */
  title: string;
  /** Undefined between tests. */
  test: string | undefined;
  entries: readonly TraceEntry[];
  statements: number;
  errors: number;
  /** Time that the statements took, in ms. */
  ms: number;
  /** False where several tests ran at once and some of it was told by its connection. */
  exact: boolean;
};

const places = { before: 'Before the tests', between: 'Between tests', after: 'After the tests' } as const;

/** What belongs to one test stands together, also where tests ran at once; what belongs to none stays where it was. */
export function traceGroups(trace: readonly TraceEntry[]): TraceGroup[] {
  const groups: { test: string | undefined; entries: TraceEntry[] }[] = [];
  const byTest = new Map<string, TraceEntry[]>();
  for (const entry of trace) {
    const test = entry.test?.name;
    const known = test === undefined ? undefined : byTest.get(test);
    const last = groups.at(-1);
    if (known) known.push(entry);
    else if (test === undefined && last && last.test === undefined) last.entries.push(entry);
    else {
      const entries = [entry];
      groups.push({ test, entries });
      if (test !== undefined) byTest.set(test, entries);
    }
  }
  const lastTest = groups.findLastIndex(({ test }) => test !== undefined);
  return groups.map(({ test, entries }, place) => {
    const statements = entries.filter((entry) => entry.kind === 'statement');
    const where = place === 0 ? 'before' : place > lastTest ? 'after' : 'between';
    return {
      key: test === undefined ? `${where} ${place}` : `test ${test}`,
      title: test ?? places[where],
      test,
      entries,
      statements: statements.length,
      errors: statements.filter(({ error }) => error !== null).length,
      ms: statements.reduce((sum, { ms }) => sum + ms, 0),
      exact: entries.every((entry) => entry.test?.exact ?? true),
    };
  });
}

/** A statement's text without the indentation that it had in the source. */
export function unindented(sql: string): string {
  const [first = '', ...rest] = sql.split('\n');
  const depths = rest.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const depth = Math.min(...depths);
  return [first, ...rest.map((line) => line.slice(depth))].join('\n');
}

/** How a statement was answered, in a few words. */
export function answerOf({ answered, error, rows, tag }: TraceStatement): string {
  if (!answered) return 'no answer';
  if (error) return `${error.sqlstate} ${error.message}`;
  if (rows !== null) return rows === 1 ? '1 row' : `${rows} rows`;
  return tag === null ? 'done' : tag.toLowerCase();
}

/** What happened to a connection, in words. */
export function lifeOf(entry: Exclude<TraceEntry, TraceStatement>): string {
  switch (entry.kind) {
    case 'opened':
      return entry.database === '' ? 'connection opened' : `connection opened to ${entry.database} as ${entry.user}`;
    case 'closed':
      return 'connection closed';
    case 'refused':
      return `connection ended by the server: ${entry.error.sqlstate} ${entry.error.message}`;
    case 'opaque':
      return entry.why;
  }
}
