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
    // One statement gives every track its new place.
    const { rowCount } = await client.query(
      `with places as (select count(*) as length from tracks where playlist = $1)
       update tracks set position = case
         when position = $2::int then $3::int
         when $2::int < $3::int and position between $2::int and $3::int then position - 1
         when $3::int < $2::int and position between $3::int and $2::int then position + 1
         else position
       end
       from places
       where playlist = $1 and $2::int between 1 and length and $3::int between 1 and length`,
      [playlist, from, to],
    );
    if (rowCount === 0) throw new NoSuchPosition(`Positions ${from} and ${to} are not both in ${playlist}.`);
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

/** Runs `work` in a transaction; a trigger tells of what it changes. */
async function change(pool: pg.Pool, playlist: string, work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    // Two changes of one playlist at once would count from the same positions.
    await client.query('select pg_advisory_xact_lock(hashtext($1))', [playlist]);
    await work(client);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
