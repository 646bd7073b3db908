import type pg from 'pg';

/** Puts a thing at the end of a person’s list; one that is on it stays where it is. */
export async function addWish(pool: pg.Pool, person: string, thing: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    // Two who add to one list at once take turns.
    await client.query('select pg_advisory_xact_lock(hashtext($1))', [person]);
    const { rowCount } = await client.query('select from wishes where person = $1 and thing = $2', [person, thing]);
    if (rowCount === 0) await client.query('insert into wishes (person, thing) values ($1, $2)', [person, thing]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/** Takes a thing off a person’s list, and tells whether it was there. */
export async function removeWish(pool: pg.Pool, person: string, thing: string): Promise<boolean> {
  const { rows } = await pool.query('delete from wishes where person = $1 and thing = $2 returning number', [
    person,
    thing,
  ]);
  return rows.length > 0;
}

/** A person’s list, in the order in which it was made. */
export async function wishesOf(pool: pg.Pool, person: string): Promise<string[]> {
  const { rows } = await pool.query<{ things: string[] | null }>(
    'select array_agg(thing order by added_at, number) as things from wishes where person = $1',
    [person],
  );
  return rows[0]?.things ?? [];
}

/** What most people wish for, the first in the alphabet among equals; null where nobody wishes for anything. */
export async function mostWanted(pool: pg.Pool): Promise<string | null> {
  const { rows } = await pool.query<{ thing: string; people: number }>(
    'select thing, count(*)::int as people from wishes group by thing',
  );
  const [first] = rows.sort((a, b) => b.people - a.people || (a.thing < b.thing ? -1 : 1));
  return first?.thing ?? null;
}
