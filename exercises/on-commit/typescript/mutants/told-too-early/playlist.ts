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
    const { rows } = await client.query('select count(*)::int as length from tracks where playlist = $1', [playlist]);
    const { length } = rows[0];
    for (const place of [from, to]) {
      if (!(place >= 1 && place <= length)) throw new NoSuchPosition(`${playlist} has no position ${place}.`);
    }
    // Clashes on the way are allowed: the constraint looks at the commit.
    await client.query('update tracks set position = -1 where playlist = $1 and position = $2', [playlist, from]);
    await client.query(
      `update tracks set position = position - sign($3::int - $2::int)::int
       where playlist = $1 and position between least($2::int, $3::int) and greatest($2::int, $3::int)`,
      [playlist, from, to],
    );
    await client.query('update tracks set position = $2 where playlist = $1 and position = -1', [playlist, to]);
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
    await pool.query("select pg_notify('playlist', $1)", [playlist]);
    await work(client);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
