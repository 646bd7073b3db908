/**
 * `npm run bench:clean-up [-- ROUNDS]`: what it costs to be rid of a test's rows, by rolling its transaction back, by
 * DELETE from every table, and by one TRUNCATE of all tables. Printed are medians in ms; the lesson on truncation quotes
 * them. The server is the embedded one, with its data on disk and fsync on, as in PostgreSQL's own image.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../store/embedded.ts';
import { median } from './figures.ts';

const rounds = Number(process.argv[2] ?? 31);
/** Tables in the schema, and rows that each of the first five gets in a test. */
const cases = [
  { tables: 10, rows: 2 },
  { tables: 100, rows: 2 },
  { tables: 10, rows: 10_000 },
];
const filled = 5;

type Way = 'rollback' | 'delete' | 'truncate';
const ways: Way[] = ['rollback', 'delete', 'truncate'];

const folder = mkdtempSync(join(tmpdir(), 'boundary-bench-'));
const server = await startEmbeddedPostgres(folder);
const client = new pg.Client(server.connection);
await client.connect();
const { rows: version } = await client.query('show server_version');
console.log(`PostgreSQL ${version[0].server_version}, ${new Date().toISOString().slice(0, 10)}, ${rounds} rounds`);
console.log('medians in ms\n\ntables   rows in five of them   rollback     delete   truncate');

for (const { tables, rows } of cases) {
  await createTables(tables);
  const times: Record<Way, number[]> = { rollback: [], delete: [], truncate: [] };
  for (let round = -2; round < rounds; round++) {
    for (const way of ways) {
      const ms = await cleanUp(way, tables, rows);
      // The first rounds warm what the others use.
      if (round >= 0) times[way].push(ms);
    }
  }
  const medians = ways.map((way) => median(times[way]).toFixed(2).padStart(10)).join(' ');
  console.log(`${String(tables).padStart(6)}   ${String(rows).padStart(20)} ${medians}`);
}

await client.end();
await server[Symbol.asyncDispose]();
rmSync(folder, { recursive: true });

/** A chain of tables, each with an identity, a indexed reference to the one before it, and a third index. */
async function createTables(tables: number): Promise<void> {
  await client.query('drop schema public cascade; create schema public');
  for (let index = 0; index < tables; index++) {
    await client.query(`
      create table t${index} (
        id     integer generated always as identity primary key,
        parent integer ${index > 0 ? `references t${index - 1}` : ''},
        note   text not null
      );
      create index on t${index} (parent);
      create index on t${index} (note)
    `);
  }
}

async function cleanUp(way: Way, tables: number, rows: number): Promise<number> {
  const names = Array.from({ length: tables }, (_, index) => `t${index}`);
  if (way === 'rollback') await client.query('begin');
  for (const name of names.slice(0, filled)) {
    await client.query(`insert into ${name} (note) select 'note ' || i from generate_series(1, ${rows}) i`);
  }
  const began = performance.now();
  if (way === 'rollback') await client.query('rollback');
  else if (way === 'truncate') await client.query(`truncate ${names.join(', ')} restart identity`);
  else
    await client.query(
      names
        .toReversed()
        .map((name) => `delete from ${name}`)
        .join(';'),
    );
  return performance.now() - began;
}
