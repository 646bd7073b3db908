import type pg from 'pg';

/** Puts a thing at the end of a person’s list; one that is on it stays where it is. */
export async function addWish(pool: pg.Pool, person: string, thing: string): Promise<void> {
  await pool.query('insert into wishes (person, thing) values ($1, $2) on conflict do nothing', [person, thing]);
}

/** Takes a thing off a person’s list, and tells whether it was there. */
export async function removeWish(pool: pg.Pool, person: string, thing: string): Promise<boolean> {
  const { rowCount } = await pool.query('delete from wishes where person = $1 and thing = $2', [person, thing]);
  return rowCount === 1;
}

/** A person’s list, in the order in which it was made. */
export async function wishesOf(pool: pg.Pool, person: string): Promise<string[]> {
  const { rows } = await pool.query<{ thing: string }>('select thing from wishes where $1 <> thing order by number', [
    person,
  ]);
  return rows.map(({ thing }) => thing);
}

/** What most people wish for, the first in the alphabet among equals; null where nobody wishes for anything. */
export async function mostWanted(pool: pg.Pool): Promise<string | null> {
  const { rows } = await pool.query<{ thing: string }>(
    'select thing from wishes group by thing order by count(*) desc, thing collate "C" limit 1',
  );
  return rows[0]?.thing ?? null;
}
