/** A whole exercise that asks for code, in miniature, by path: it proves itself as it stands. */
export function codeExerciseScaffold(slug: string): Record<string, string> {
  const folder = `exercises/${slug}`;
  const typescript = `${folder}/typescript`;
  return {
    [`${folder}/exercise.json`]: json({
      $schema: '../../content/schemas/exercise.schema.json',
      title: 'Title of the exercise',
      summary: 'One sentence for the catalogue: what is written, and what it is good for afterwards.',
      kind: 'write-code',
      level: 'introductory',
      minutes: 20,
      practises: ['counting in the database what is in the database'],
      lesson: 'first-container',
      misconceptions: [],
    }),
    [`${folder}/brief.md`]: `Write \`countNotes(pool)\` in \`count-notes.ts\`. Hidden tests try it against a real PostgreSQL.

**What it promises**

1. It resolves to the number of notes that are stored, as a number.
2. It counts none where there is none.

**What it does not promise**: which statement is sent.
`,
    [`${typescript}/starter/count-notes.ts`]: countNotes('return 1;', '_pool'),
    [`${typescript}/solution/count-notes.ts`]: countNotes(
      "const { rows } = await pool.query('select count(*)::int as notes from notes');\n  return rows[0].notes;",
    ),
    [`${typescript}/solution.md`]:
      'Why the solution is as it is: the database counts, and the cast makes a number of what would come as a text.\n',
    [`${typescript}/given/test-database.ts`]: testDatabase,
    [`${typescript}/checks/counts/check.json`]: json({
      $schema: '../../../../../content/schemas/check.schema.json',
      title: 'It counts the notes that are stored',
      core: true,
      hints: [
        'There are two notes, and another number comes back.',
        'Look at where the number comes from, and of which type it is.',
        'Ask the database for count(*), and cast it to int.',
      ],
    }),
    [`${typescript}/checks/counts/counts.test.ts`]: testFile(
      'counts two notes',
      "insert into notes values ('milk'), ('bread')",
      2,
    ),
    [`${typescript}/checks/none/check.json`]: json({
      $schema: '../../../../../content/schemas/check.schema.json',
      title: 'It counts none where there is none',
      core: false,
      hints: [
        'The list is empty, and the badge on it says otherwise.',
        'Look at what is returned without a row.',
        'Return what the database counted, also when that is nothing.',
      ],
    }),
    [`${typescript}/checks/none/none.test.ts`]: testFile('counts none', 'delete from notes', 0),
    [`${typescript}/wrong/as-it-comes/wrong.json`]: json({
      $schema: '../../../../../content/schemas/wrong.schema.json',
      title: 'Returns the text that pg makes of a bigint',
      failsOn: ['counts', 'none'],
    }),
    [`${typescript}/wrong/as-it-comes/count-notes.ts`]: countNotes(
      "const { rows } = await pool.query('select count(*) as notes from notes');\n  return rows[0].notes;",
    ),
  };
}

function countNotes(body: string, parameter = 'pool'): string {
  return `import type pg from 'pg';

/** How many notes are stored. */
export async function countNotes(${parameter}: pg.Pool): Promise<number> {
  ${body}
}
`;
}

const testDatabase = `import { PostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';

/** Starts PostgreSQL with the table \`notes\`. Hidden tests use it, and solvers can read it. */
export async function startTestDatabase(): Promise<{ pool: pg.Pool; stop(): Promise<void> }> {
  const container = await new PostgreSqlContainer('postgres:16-alpine').start();
  const pool = new pg.Pool({ connectionString: container.getConnectionUri(), connectionTimeoutMillis: 4_000 });
  // Connections that the end of the container cuts off are no failure of a test.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  await pool.query('create table notes (text text not null)');
  return { pool, stop: async () => void (await container.stop()) };
}
`;

function testFile(title: string, sql: string, expected: number): string {
  return `import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countNotes } from './count-notes';
import { startTestDatabase } from './test-database';

describe('countNotes', () => {
  let database: Awaited<ReturnType<typeof startTestDatabase>>;

  beforeAll(async () => {
    database = await startTestDatabase();
  }, 120_000);
  afterAll(() => database.stop());

  it('${title}', async () => {
    await database.pool.query(\`${sql}\`);

    expect(await countNotes(database.pool)).toBe(${expected});
  });
});
`;
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2).replace(/\[\n\s+("[^"]*")\n\s+\]/g, '[$1]')}\n`;
}
