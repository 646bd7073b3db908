import type pg from 'pg';

/** The playlist has no such position. Nothing has changed. */
export class NoSuchPosition extends Error {
  readonly code = 'no-such-position';
}

export type Move = { playlist: string; from: number; to: number };

/** Puts a track at the end of a playlist. */
export async function addTrack(pool: pg.Pool, playlist: string, title: string): Promise<void> {
  await change(pool, playlist, async (client) => {
    await client.query(
      `insert into tracks (playlist, position, title)
       select $1, coalesce(max(position), 0) + 1, $2 from tracks where playlist = $1`,
      [playlist, title],
    );
  });
}

/** Puts the track at one position of a playlist to another. Rejects with {@link NoSuchPosition}. */
export async function moveTrack(pool: pg.Pool, { playlist, from, to }: Move): Promise<void> {
  await change(pool, playlist, async (client) => {
    const { rows } = await client.query<{ title: string }>(
      'select title from tracks where playlist = $1 order by position',
      [playlist],
    );
    const titles = rows.map(({ title }) => title);
    const [moved] = from >= 1 ? titles.splice(from - 1, 1) : [];
    if (moved === undefined || to < 1 || to > rows.length) throw new NoSuchPosition('There is no such position.');
    titles.splice(to - 1, 0, moved);
    await client.query('delete from tracks where playlist = $1', [playlist]);
    await client.query(
      `insert into tracks (playlist, position, title)
       select $1, place, title from unnest($2::text[]) with ordinality as list (title, place)`,
      [playlist, titles],
    );
  });
}

/** The titles of a playlist, in order. */
export async function tracksOf(pool: pg.Pool, playlist: string): Promise<string[]> {
  const { rows } = await pool.query<{ title: string }>(
    'select title from tracks where playlist = $1 order by position',
    [playlist],
  );
  return rows.map(({ title }) => title);
}

/** Runs `work` in a transaction, and tells of the playlist's change as a part of it. */
async function change(pool: pg.Pool, playlist: string, work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    // Two changes of one playlist at once would count from the same positions.
    await client.query('select pg_advisory_xact_lock(hashtext($1))', [playlist]);
    await work(client);
    await client.query("select pg_notify('playlist', $1)", [playlist]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
