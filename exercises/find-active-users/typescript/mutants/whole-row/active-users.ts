import type pg from 'pg';

export type User = { id: number; name: string };
export type Question = { at: Date; page: number; size: number };

/** One page of the users who are active at an instant, by name. */
export async function findActiveUsers(pool: pg.Pool, { at, page, size }: Question): Promise<User[]> {
  const { rows } = await pool.query<User>(
    `select *
     from users
     where deactivated_at is null or deactivated_at > $1
     order by name collate "C", id
     limit $2 offset $3`,
    [at, size, (page - 1) * size],
  );
  return rows;
}
