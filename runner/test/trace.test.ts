import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExerciseDefinition, loadExercise } from '../../exercises/format.ts';
import { parseConfig } from '../config.ts';
import type { Grader } from '../grading/contract.ts';
import { startGrader } from '../grading/grader.ts';
import type { EventBody, TraceEntry } from '../protocol.ts';
import { smallestOf } from './hostile/attempt.ts';

// Real tests in a real sandbox against a real PostgreSQL: what the trace says of them has to be right to the statement.
const root = dirname(dirname(import.meta.dirname));
let cache: string;
let grader: Grader;
let exercise: ExerciseDefinition;

beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'boundary-trace-'));
  exercise = smallestOf(await loadExercise(join(root, 'exercises'), 'user-repository'));
  grader = await startGrader(parseConfig({ WARM_SANDBOXES: '1' }), cache);
});

afterAll(async () => {
  await grader[Symbol.asyncDispose]();
  await rm(cache, { recursive: true });
});

type Statement = Extract<TraceEntry, { kind: 'statement' }>;

/** A whole test file around tests. */
function sourceOf(body: string): string {
  return `
    import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
    import { Client, Pool } from 'pg';
    import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
    let container: StartedPostgreSqlContainer;
    let client: Client;
    beforeAll(async () => {
      container = await new PostgreSqlContainer('postgres:16-alpine').start();
      client = new Client({ connectionString: container.getConnectionUri() });
      await client.connect();
      await client.query('create table note (id int primary key, text text not null)');
    }, 60_000);
    afterAll(async () => { await client.end(); await container.stop(); });
    ${body}`;
}

/** The trace of the correct implementation's run. */
async function traceOf(body: string, runId = 'trace'): Promise<TraceEntry[]> {
  const events: EventBody[] = [];
  const now = Date.now();
  const verdict = await grader.grade({
    runId,
    attempt: 1,
    exercise,
    language: 'typescript',
    files: { 'user-repository.test.ts': sourceOf(body) },
    acceptedAt: now,
    startedAt: now,
    signal: new AbortController().signal,
    emit: (event) => events.push(event),
  });
  const [reference] = verdict.references;
  expect(reference, JSON.stringify(verdict)).toMatchObject({ outcome: 'passed' });
  return events.flatMap((event) => (event.type === 'trace' && event.variant === reference?.id ? event.entries : []));
}

const statements = (entries: readonly TraceEntry[]) =>
  entries.filter((entry): entry is Statement => entry.kind === 'statement');

/** What a reader looks for in a statement. */
function brief({ sql, rows, tag, error, transaction, test }: Statement) {
  return [
    test?.name ?? null,
    sql,
    error ? error.sqlstate : tag,
    rows,
    transaction ? `${transaction.id} ${transaction.part}` : null,
  ];
}

describe('the trace of a run', () => {
  test('is right to the statement, over transactions, prepared statements, COPY and errors', async () => {
    const entries = await traceOf(`
      test('writes in a transaction', async () => {
        await client.query('begin');
        await client.query('insert into note values ($1, $2)', [1, 'one']);
        await client.query('savepoint s');
        await expect(client.query('insert into note values (1, null)')).rejects.toThrow();
        await client.query('rollback to savepoint s');
        await client.query('commit');
      });
      test('rolls back', async () => {
        await client.query("begin; insert into note values (2, 'a;b'); -- two\\n rollback");
      });
      test('prepares once and runs twice', async () => {
        for (const id of [1, 7]) {
          const { rows } = await client.query({ name: 'find', text: 'select text from note where id = $1', values: [id] });
          expect(rows.length).toBe(id === 1 ? 1 : 0);
        }
      });
      test('copies', async () => {
        await client.query("copy note from program 'printf ''3\\\\tthree\\\\n4\\\\tfour\\\\n'''");
        await client.query('copy (select * from note) to program \\'cat > /dev/null\\'');
      });
      test('says what a syntax error is', async () => {
        await expect(client.query('selec 1')).rejects.toThrow('syntax');
      });
      test('raises a notice', () => client.query("do $$ begin raise notice 'look; here'; end $$; select 1 as one"));
    `);
    const find = 'select text from note where id = $1';
    expect(statements(entries).map(brief)).toEqual([
      [null, 'create table note (id int primary key, text text not null)', 'CREATE TABLE', null, null],
      ['writes in a transaction', 'begin', 'BEGIN', null, '1 begin'],
      ['writes in a transaction', 'insert into note values ($1, $2)', 'INSERT 0 1', 1, '1 inside'],
      ['writes in a transaction', 'savepoint s', 'SAVEPOINT', null, '1 inside'],
      ['writes in a transaction', 'insert into note values (1, null)', '23502', null, '1 failed'],
      ['writes in a transaction', 'rollback to savepoint s', 'ROLLBACK', null, '1 inside'],
      ['writes in a transaction', 'commit', 'COMMIT', null, '1 commit'],
      ['rolls back', 'begin', 'BEGIN', null, '2 begin'],
      ['rolls back', "insert into note values (2, 'a;b')", 'INSERT 0 1', 1, '2 inside'],
      ['rolls back', '-- two\n rollback', 'ROLLBACK', null, '2 rollback'],
      ['prepares once and runs twice', find, 'SELECT 1', 1, null],
      ['prepares once and runs twice', find, 'SELECT 0', 0, null],
      ['copies', expect.stringContaining('copy note from program'), 'COPY 2', 2, null],
      ['copies', expect.stringContaining('copy (select'), 'COPY 3', 3, null],
      ['says what a syntax error is', 'selec 1', '42601', null, null],
      ['raises a notice', "do $$ begin raise notice 'look; here'; end $$", 'DO', null, null],
      ['raises a notice', 'select 1 as one', 'SELECT 1', 1, null],
    ]);
    const told = statements(entries);
    expect(told.find(({ sql }) => sql.startsWith('insert'))?.parameters).toEqual([{ value: '1' }, { value: 'one' }]);
    expect(told.filter(({ sql }) => sql === find).map(({ parameters }) => parameters)).toEqual([
      [{ value: '1' }],
      [{ value: '7' }],
    ]);
    expect(told.find(({ tag }) => tag === 'DO')?.notices).toEqual(['NOTICE: look; here']);
    expect(told.every(({ test: one }) => one === null || one.exact)).toBe(true);
    expect(entries.map(({ index }) => index)).toEqual(entries.map((_, place) => place));
    expect(entries.filter(({ kind }) => kind !== 'statement').map(({ kind }) => kind)).toEqual(['opened', 'closed']);
    expect(entries[0]).toMatchObject({ kind: 'opened', database: 'test', user: 'test', connection: 1 });
  });

  test('knows the lines that sent a statement, however it came to be sent, and says nothing where it cannot know', async () => {
    const body = `
      import { UserRepository } from './user-repository';
      const later = () => new Promise((resolve) => setTimeout(resolve, 1));
      const countAll = async () => {
        await later();
        return client.query('select 1 as counted');
      };
      test('through helpers', async () => {
        await countAll();
        await client.query('create table users (id uuid default gen_random_uuid(), email text, name text)');
        const users = new UserRepository(client as never);
        await users.create({ email: 'a', name: 'b' });
      });
      test('through a pool', async () => {
        const pool = new Pool({ connectionString: container.getConnectionUri(), max: 1 });
        await Promise.all([
          pool.query('select 2 as pooled'),
          pool.query('select 3 as pooled'),
          pool.query('select 2 as pooled'),
        ]);
        pool.query('select 4 as called', () => pool.query('select 5 as back', () => pool.end()));
        await new Promise((resolve) => pool.once('remove', resolve));
      });
      test('before it is connected, several statements at once', async () => {
        const own = new Client(container.getConnectionUri());
        const asked = [
          own.query('select 6 as first; select 7 as first'),
          own.query({ name: 'named', text: 'select $1::int as named', values: [8] }),
        ];
        await own.connect();
        await Promise.all(asked);
        await own.end();
      });
      test('from nowhere', async () => {
        setTimeout(Client.prototype.query.bind(client), 0, 'select 9 as lost');
        await later();
        Error.prepareStackTrace = () => { throw new Error('mine'); };
        const answer = client.query('select 10 as lost');
        Error.prepareStackTrace = undefined;
        await answer;
      });
    `;
    const lines = sourceOf(body).split('\n');
    const sent = statements(await traceOf(body)).slice(1);
    const seen = sent.map(({ sql, sentFrom = [] }) => [sql, ...sentFrom.map(({ line }) => lines[line - 1]?.trim())]);
    expect(seen).toEqual([
      ['select 1 as counted', "return client.query('select 1 as counted');", 'await countAll();'],
      [expect.stringMatching(/^create table users/), expect.stringMatching(/^await client.query\('create table users/)],
      [expect.stringMatching(/^insert into users/i), "await users.create({ email: 'a', name: 'b' });"],
      ['select 2 as pooled', "pool.query('select 2 as pooled'),"],
      ['select 3 as pooled', "pool.query('select 3 as pooled'),"],
      ['select 2 as pooled', "pool.query('select 2 as pooled'),"],
      ['select 4 as called', expect.stringMatching(/^pool.query\('select 4/)],
      ['select 5 as back', expect.stringMatching(/^pool.query\('select 4/)],
      ['select 6 as first', "own.query('select 6 as first; select 7 as first'),"],
      ['select 7 as first', "own.query('select 6 as first; select 7 as first'),"],
      ['select $1::int as named', expect.stringMatching(/^own.query\({ name: 'named'/)],
      ['select 9 as lost'],
      ['select 10 as lost'],
    ]);
    const pooled = sent.filter(({ sql }) => sql === 'select 2 as pooled').map(({ sentFrom }) => sentFrom?.[0]?.line);
    expect(pooled[1]).toBe((pooled[0] ?? 0) + 2);
  });

  test('gives each statement to the test whose hooks or body sent it, however short the tests are', async () => {
    const entries = await traceOf(`
      describe.for([...Array(30).keys()])('number %i', (index) => {
        beforeEach(() => client.query('select 1 as before'));
        afterEach(() => client.query('select 1 as after'));
        test('asks', () => client.query('select $1::int as own', [index]));
      });
    `);
    const asked = statements(entries).slice(1);
    expect(asked.map(({ test: one, sql }) => [one?.name, sql])).toEqual(
      [...Array(30).keys()].flatMap((index) =>
        ['select 1 as before', 'select $1::int as own', 'select 1 as after'].map((sql) => [
          `number ${index} > asks`,
          sql,
        ]),
      ),
    );
  });

  test('says where tests at once make it uncertain, and that what is encrypted cannot be read', async () => {
    const entries = await traceOf(`
      describe.concurrent('at once', () => {
        for (const name of ['one', 'other']) test(name, async () => {
          const own = new Client({ connectionString: container.getConnectionUri() });
          await own.connect();
          for (let index = 0; index < 5; index++) await own.query('select pg_sleep(0.01)');
          await own.end();
        });
      });
      test('asks for encryption', async () => {
        const own = new Client({ connectionString: container.getConnectionUri(), ssl: { rejectUnauthorized: false } });
        await expect(own.connect()).rejects.toThrow('SSL');
      });
      test('is not let in', async () => {
        const own = new Client({ connectionString: container.getConnectionUri().replace('test:test', 'test:wrong') });
        await expect(own.connect()).rejects.toThrow('password');
      });
    `);
    const slept = statements(entries).filter(({ sql }) => sql.includes('pg_sleep'));
    expect(slept).toHaveLength(10);
    expect(slept.some(({ test: one }) => one?.exact !== true)).toBe(true);
    expect(entries).toContainEqual(
      expect.objectContaining({ kind: 'refused', error: expect.objectContaining({ sqlstate: '28P01' }) }),
    );
  });

  test('of two runs at once never names the other’s', async () => {
    const own = (mark: string) => `
      test('asks', async () => { for (let index = 0; index < 20; index++) await client.query("select '${mark}'"); });`;
    const traces = await Promise.all([traceOf(own('first run'), 'one'), traceOf(own('second run'), 'two')]);
    for (const [place, mark] of ['first run', 'second run'].entries()) {
      const asked = statements(traces[place] ?? []).filter(({ sql }) => sql.startsWith('select'));
      expect(asked.map(({ sql }) => sql)).toEqual(Array(20).fill(`select '${mark}'`));
    }
  });
});
