import { setTimeout as delay } from 'node:timers/promises';
import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runMigrations } from './migrations';
import { addTrack, moveTrack, tracksOf } from './playlist';

describe('a playlist', () => {
  let container: StartedPostgreSqlContainer;
  let pool: pg.Pool;
  let listener: pg.Client;
  let heard: string[];

  beforeAll(async () => {
    container = await new PostgreSqlContainer('postgres:16-alpine').start();
    pool = new pg.Pool({ connectionString: container.getConnectionUri() });
    await runMigrations(pool);
    listener = new pg.Client({ connectionString: container.getConnectionUri() });
    await listener.connect();
    await listener.query('listen playlist');
    listener.on('notification', ({ payload = '' }) => heard.push(payload));
  }, 120_000);

  afterAll(async () => {
    await listener?.end();
    await pool?.end();
    await container?.stop();
  });

  beforeEach(async () => {
    await pool.query('truncate tracks');
    heard = [];
  });

  async function fill(playlist: string, ...titles: string[]): Promise<void> {
    for (const title of titles) await addTrack(pool, playlist, title);
  }

  async function positions(playlist: string): Promise<number[]> {
    const { rows } = await pool.query('select position from tracks where playlist = $1 order by position', [playlist]);
    return rows.map(({ position }) => position);
  }

  /** All that was heard until now. Notifications come in the order of commits, so an end mark of our own is the last. */
  async function allHeard(): Promise<string[]> {
    await pool.query("select pg_notify('playlist', 'the end')");
    while (!heard.includes('the end')) await delay(2);
    return heard.splice(0).slice(0, -1);
  }

  it.each([
    [1, 4, ['b', 'c', 'd', 'a']],
    [4, 1, ['d', 'a', 'b', 'c']],
    [2, 3, ['a', 'c', 'b', 'd']],
    [3, 3, ['a', 'b', 'c', 'd']],
  ])('moves the track at %i to %i, and the others close up', async (from, to, order) => {
    await fill('road', 'a', 'b', 'c', 'd');
    await fill('sleep', 'w', 'x', 'y', 'z');
    await moveTrack(pool, { playlist: 'road', from, to });

    expect(await tracksOf(pool, 'road')).toEqual(order);
    expect(await positions('road')).toEqual([1, 2, 3, 4]);
    expect(await tracksOf(pool, 'sleep')).toEqual(['w', 'x', 'y', 'z']);
    expect(await positions('sleep')).toEqual([1, 2, 3, 4]);
  });

  it.each([
    [0, 1],
    [1, 3],
    [5, 1],
  ])('refuses to move %i to %i in a list of two, changes nothing and tells nobody', async (from, to) => {
    await fill('road', 'a', 'b');
    await allHeard();

    await expect(moveTrack(pool, { playlist: 'road', from, to })).rejects.toMatchObject({ code: 'no-such-position' });
    expect(await tracksOf(pool, 'road')).toEqual(['a', 'b']);
    expect(await allHeard()).toEqual([]);
  });

  it('lets positions clash inside a transaction, and not past its commit', async () => {
    const writer = new pg.Client({ connectionString: container.getConnectionUri() });
    await writer.connect();
    try {
      await writer.query('begin');
      await writer.query("insert into tracks (playlist, position, title) values ('road', 1, 'a')");
      // Refused here, the rule would look at each statement, and no two tracks could ever change places.
      await writer.query("insert into tracks (playlist, position, title) values ('road', 1, 'b')");
      await expect(writer.query('commit')).rejects.toMatchObject({ code: '23505' });
    } finally {
      await writer.end();
    }
    expect(await tracksOf(pool, 'road')).toEqual([]);
  });

  it('tells of each change once, with the playlist’s name', async () => {
    await fill('road', 'a', 'b');
    await fill('sleep', 'x');
    await moveTrack(pool, { playlist: 'road', from: 1, to: 2 });

    expect(await allHeard()).toEqual(['road', 'road', 'sleep', 'road']);
  });

  it('tells of a change only when it can be read', async () => {
    await fill('road', 'a', 'b');
    await allHeard();
    const holder = await pool.connect();
    await holder.query('begin');
    await holder.query("select from tracks where playlist = 'road' for update");
    const moving = moveTrack(pool, { playlist: 'road', from: 1, to: 2 });
    await waitsForALock();

    expect(await allHeard()).toEqual([]);
    await holder.query('commit');
    holder.release();
    await moving;
    expect(await allHeard()).toEqual(['road']);
  });

  async function waitsForALock(): Promise<void> {
    for (;;) {
      const { rows } = await pool.query(
        "select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
      );
      if (rows[0].n > 0) return;
      await delay(5);
    }
  }
});
