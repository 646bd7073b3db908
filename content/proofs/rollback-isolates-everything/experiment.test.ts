import type pg from 'pg';
import { expect, it } from 'vitest';
import { connect, versionOf } from '../database';
import { columns, note, row } from '../show';

type End = 'commit' | 'rollback';
type Probe = { what: string; look: (end: End) => Promise<string> };

it('takes back rows, and not all that a test does', async () => {
  const pool = await connect();
  await pool.query(`
    create table users (id integer primary key generated always as identity, name text);
    create table accounts (id integer primary key, owner integer references users (id) deferrable initially deferred);
  `);

  /** Works in a transaction of a connection of its own, ends it, and lets another connection look. */
  const after = async (
    end: End,
    work: (tx: pg.PoolClient) => Promise<unknown>,
    look: (other: pg.PoolClient) => Promise<string>,
  ) => {
    const tx = await pool.connect();
    const other = await pool.connect();
    try {
      await tx.query('begin');
      await work(tx);
      const failed = await tx.query(end).then(
        () => undefined,
        (error: { code: string }) => `${end} failed: ${error.code}`,
      );
      return failed ?? (await look(other));
    } finally {
      await tx.query('select pg_advisory_unlock_all()');
      tx.release();
      other.release();
    }
  };

  const probes: Probe[] = [
    {
      what: 'Rows that were inserted',
      look: (end) =>
        after(
          end,
          (tx) => tx.query("insert into users (name) values ('probe')"),
          async (other) => `${(await other.query("select from users where name = 'probe'")).rows.length} left`,
        ),
    },
    {
      what: 'The next id of an identity column',
      look: async (end) => {
        const last = async () => Number((await pool.query('select last_value from users_id_seq')).rows[0].last_value);
        const before = await last();
        await after(
          end,
          (tx) => tx.query("insert into users (name) values ('counted')"),
          async () => '',
        );
        return `went up by ${(await last()) - before}`;
      },
    },
    {
      what: 'A foreign key that is checked at commit',
      look: (end) =>
        after(
          end,
          (tx) => tx.query('insert into accounts values (1, 999)'),
          async () => 'nobody complained',
        ),
    },
    {
      what: 'A notification to a listener',
      look: async (end) => {
        const listener = await pool.connect();
        let heard = 0;
        listener.on('notification', () => heard++);
        await listener.query('listen news');
        await after(
          end,
          (tx) => tx.query("notify news, 'hello'"),
          async () => '',
        );
        await listener.query('select 1');
        await listener.query('unlisten news');
        listener.removeAllListeners('notification');
        listener.release();
        return `${heard} heard`;
      },
    },
    {
      what: 'An advisory lock of the session',
      look: (end) =>
        after(
          end,
          (tx) => tx.query('select pg_advisory_lock(42)'),
          async (other) =>
            (await other.query('select pg_try_advisory_lock(42) as free')).rows[0].free ? 'free' : 'still held',
        ),
    },
    {
      what: 'now(), asked twice with 50 ms between',
      look: async (end) => {
        let spread = 0;
        await after(
          end,
          async (tx) => {
            const ask = async () =>
              Number((await tx.query('select extract(epoch from now()) * 1000 as ms')).rows[0].ms);
            const first = await ask();
            await tx.query('select pg_sleep(0.05)');
            spread = (await ask()) - first;
          },
          async () => '',
        );
        return `${spread.toFixed(0)} ms apart`;
      },
    },
  ];

  columns('What', 'After a rollback', 'After a commit');
  const seen: Record<string, string[]> = {};
  for (const { what, look } of probes) {
    const told = [await look('rollback'), await look('commit')];
    row(what, ...told);
    seen[what] = told;
  }
  note(
    `${await versionOf(pool)}. The last two rows are the same in both columns: no rollback touches a session’s lock, and in a transaction time stands still either way.`,
  );
  expect(Object.values(seen)).toEqual([
    ['0 left', '1 left'],
    ['went up by 1', 'went up by 1'],
    ['nobody complained', 'commit failed: 23503'],
    ['0 heard', '1 heard'],
    ['still held', 'still held'],
    ['0 ms apart', '0 ms apart'],
  ]);
}, 60_000);
