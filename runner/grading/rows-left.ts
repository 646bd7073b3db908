import type { Socket } from 'node:net';
import pg from 'pg';

/** A table that a test, its hooks included, left otherwise than it was; `why` where tables could not be looked at. */
export type RowsLeft = { test: string; table: string; before: number; after: number; why?: string };

/** A container whose tables are looked at. */
export type Inspected = {
  readonly id: string;
  readonly running: boolean;
  readonly env: Readonly<Record<string, string>>;
  connect(port: number): Promise<Socket>;
};

type Tables = Map<string, { rows: number; digest: string }>;

const port = 5432;
const deadlineMs = 5000;
/** More than the answer of any server that is not out to fill the runner's memory. */
const maxAnswerBytes = 1 << 20;

const listTables = `select format('%I.%I', n.nspname, c.relname) as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  order by 1 limit 200`;

/**
 * Looks at the tables of PostgreSQL containers before each test and after it, over connections of the runner's own. It asks
 * the server, so a rollback, a trigger or a cascade is seen as it is.
 */
export class RowsWatch {
  readonly #containers: () => readonly Inspected[];
  #before = new Map<string, Tables | Error>();
  readonly left: RowsLeft[] = [];

  constructor(containers: () => readonly Inspected[]) {
    this.#containers = containers;
  }

  async begin(): Promise<void> {
    this.#before = await this.#look();
  }

  /** The test has ended, its hooks too. A container that was not there before is the test's own. */
  async end(test: string): Promise<void> {
    const after = await this.#look();
    for (const [id, now] of after) {
      const then = this.#before.get(id);
      if (then === undefined) continue;
      const fault = [then, now].find((one) => one instanceof Error);
      if (fault) this.left.push({ test, table: '', before: 0, after: 0, why: fault.message });
      else this.left.push(...differences(test, then as Tables, now as Tables));
    }
  }

  async #look(): Promise<Map<string, Tables | Error>> {
    const databases = this.#containers().filter(({ running, env }) => running && env.POSTGRES_PASSWORD !== undefined);
    const looks = databases.map(async (one) => [one.id, await tablesOf(one).catch((error: Error) => error)] as const);
    return new Map(await Promise.all(looks));
  }
}

function differences(test: string, then: Tables, now: Tables): RowsLeft[] {
  const names = [...new Set([...then.keys(), ...now.keys()])].sort();
  return names
    .filter((name) => then.get(name)?.digest !== now.get(name)?.digest)
    .map((name) => ({
      test,
      table: name.replace(/^public\./, ''),
      before: then.get(name)?.rows ?? 0,
      after: now.get(name)?.rows ?? 0,
    }));
}

async function tablesOf(container: Inspected): Promise<Tables> {
  const { POSTGRES_USER: user = 'postgres', POSTGRES_PASSWORD: password, POSTGRES_DB } = container.env;
  const socket = await container.connect(port);
  let bytes = 0;
  socket.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxAnswerBytes) socket.destroy(new Error('the server’s answer has no end'));
  });
  // It is connected already; the client waits for the word that it is.
  socket.connect = () => {
    setImmediate(() => socket.emit('connect'));
    return socket;
  };
  const client = new pg.Client({
    user,
    password,
    database: POSTGRES_DB ?? user,
    stream: () => socket,
    // A lock that a test left behind must not hold the run up.
    options: '-c lock_timeout=1000 -c statement_timeout=3000',
    application_name: 'boundary: rows left',
  });
  const deadline = setTimeout(() => socket.destroy(new Error('the server does not answer')), deadlineMs);
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ name: string }>(listTables);
    if (rows.length === 0) return new Map();
    const parts = rows.map(
      ({ name }) =>
        `select ${client.escapeLiteral(name)} as name, count(*)::int as rows,
           count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) as digest from ${name} t`,
    );
    const counted = await client.query<{ name: string; rows: number; digest: string }>(parts.join(' union all '));
    return new Map(counted.rows.map(({ name, rows: count, digest }) => [name, { rows: count, digest }]));
  } finally {
    clearTimeout(deadline);
    await client.end().catch(() => undefined);
    socket.destroy();
  }
}
