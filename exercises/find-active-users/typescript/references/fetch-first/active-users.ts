import type pg from 'pg';

export type User = { id: number; name: string };
export type Question = { at: Date; page: number; size: number };

/** One page of the users who are active at an instant, by name. */
export async function findActiveUsers(pool: pg.Pool, { at, page, size }: Question): Promise<User[]> {
  const { rows } = await pool.query<User>(
    `select * from users
     where not coalesce(deactivated_at <= $1, false)
     order by name collate "C", id
     offset $2 fetch first $3 rows only`,
    [at, (page - 1) * size, size],
  );
  return rows.map(({ id, name }) => ({ id, name }));
}
