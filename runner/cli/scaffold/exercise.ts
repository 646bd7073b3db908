/** A whole exercise in miniature, by path: it proves itself as it stands, and each file shows what belongs in its place. */
export function exerciseScaffold(slug: string): Record<string, string> {
  const folder = `exercises/${slug}`;
  const typescript = `${folder}/typescript`;
  return {
    [`${folder}/exercise.json`]: json({
      $schema: '../../content/schemas/exercise.schema.json',
      title: 'Title of the exercise',
      summary: 'One sentence for the catalogue: what is tested, and which bugs cannot slip through afterwards.',
      kind: 'write-tests',
      level: 'introductory',
      minutes: 20,
      practises: ['proving that a row is stored, by reading it back'],
      lesson: 'first-container',
      misconceptions: [],
    }),
    [`${folder}/brief.md`]: `Notes are kept in PostgreSQL. You have \`Notes(pool)\` from \`./notes\` and \`runMigrations(pool)\` from \`./migrations\`.

**Promised**, and so fair to test:

- \`add(text)\` stores a note and resolves to it, with an \`id\`.
- \`all()\` resolves to every note, the oldest first.

**Not promised**: which statements are sent, and what ids look like.
`,
    [`${typescript}/starter/notes.test.ts`]: testFile(`  it('adds a note', async () => {
    const note = await notes.add('milk');

    // Green, and it proves little: the object could have been made without a database.
    expect(note.text).toBe('milk');
  });
`),
    [`${typescript}/solution/notes.test.ts`]: testFile(`  it('keeps notes, the oldest first', async () => {
    const milk = await notes.add('milk');
    const bread = await notes.add('bread');

    expect(await notes.all()).toEqual([milk, bread]);
  });
`),
    [`${typescript}/solution.md`]:
      'Why the solution is as it is: it asks the table rather than the object that came back, and two notes make an order.\n',
    [`${typescript}/references/plain/reference.json`]: json({ title: 'One statement for each method' }),
    [`${typescript}/references/plain/notes.ts`]: notesModule('order by id'),
    [`${typescript}/references/plain/migrations.ts`]: migrations,
    [`${typescript}/references/sorted-here/reference.json`]: json({ title: 'Sorts in the application' }),
    [`${typescript}/references/sorted-here/notes.ts`]: notesModule('').replace(
      'return rows;',
      'return rows.sort((a, b) => a.id - b.id);',
    ),
    [`${typescript}/references/sorted-here/migrations.ts`]: migrations,
    [`${typescript}/mutants/not-stored/mutant.json`]: json({
      title: 'I wrote a note, and after a reload it was gone.',
      core: true,
      base: 'plain',
      hints: [
        'add() gives a note back, and no other method ever sees it.',
        'Look at what add() sends to the database.',
        'Add a note, ask all() for the notes, and assert that it is among them.',
      ],
    }),
    [`${typescript}/mutants/not-stored/notes.ts`]: notesModule('order by id').replace(
      'insert into notes (text) values ($1) returning id, text',
      'select 1 as id, $1 as text',
    ),
    [`${typescript}/mutants/newest-first/mutant.json`]: json({
      title: 'My list is upside down: what I wrote last stands on top.',
      core: false,
      base: 'plain',
      hints: [
        'all() gives the newest note first. The brief promises the oldest.',
        'Look at the order by.',
        'Add two notes and assert the order in which all() gives them.',
      ],
    }),
    [`${typescript}/mutants/newest-first/notes.ts`]: notesModule('order by id desc'),
  };
}

const migrations = `import type pg from 'pg';

export async function runMigrations(pool: pg.Pool): Promise<void> {
  await pool.query(
    'create table if not exists notes (id integer primary key generated always as identity, text text not null)',
  );
}
`;

function notesModule(order: string): string {
  return `import type pg from 'pg';

export type Note = { id: number; text: string };

export class Notes {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async add(text: string): Promise<Note> {
    const { rows } = await this.#pool.query('insert into notes (text) values ($1) returning id, text', [text]);
    return rows[0];
  }

  async all(): Promise<Note[]> {
    const { rows } = await this.#pool.query<Note>('select id, text from notes${order && ` ${order}`}');
    return rows;
  }
}
`;
}

function testFile(tests: string): string {
  return `import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runMigrations } from './migrations';
import { Notes } from './notes';

describe('Notes', () => {
  let container: StartedPostgreSqlContainer;
  let pool: pg.Pool;
  let notes: Notes;

  beforeAll(async () => {
    container = await new PostgreSqlContainer('postgres:16-alpine').start();
    pool = new pg.Pool({ connectionString: container.getConnectionUri() });
    await runMigrations(pool);
    notes = new Notes(pool);
  }, 120_000);

  afterAll(async () => {
    await pool?.end();
    await container?.stop();
  });

${tests}});
`;
}

/** As the formatter would have it. */
export function json(value: object): string {
  return `${JSON.stringify(value, null, 2).replace(/\[\n\s+("[^"]*")\n\s+\]/g, '[$1]')}\n`;
}
