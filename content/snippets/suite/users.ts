import type pg from 'pg';

/** The last release renamed the column. */
export async function nameOf(pool: pg.Pool, id: number): Promise<string | null> {
  const { rows } = await pool.query('select full_name from users where id = $1', [id]);
  return rows[0]?.full_name ?? null;
}
