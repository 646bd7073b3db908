import type pg from 'pg';

export type User = { id: number; name: string };
export type Question = { at: Date; page: number; size: number };

/** One page of the users who are active at an instant, by name. */
export async function findActiveUsers(pool: pg.Pool, { at, page, size }: Question): Promise<User[]> {
  // Numbered in the database, so that a page is a range of numbers.
  const { rows } = await pool.query<User>(
    `with active as (
       select id, name, row_number() over (order by name collate "C", id) as place
       from users
       where coalesce(deactivated_at, 'infinity') > $1
     )
     select id, name from active where place > $2 and place <= $3 order by place`,
    [at, (page - 1) * size, page * size],
  );
  return rows;
}
