import type pg from 'pg';

export type Mailer = { send(to: string): Promise<void> };

// #region work
/** Takes the oldest job that nobody else has, does it, and removes it. False when there is none. */
export async function workOnce(pool: pg.Pool, mailer: Mailer): Promise<boolean> {
  const tx = await pool.connect();
  let broken: Error | undefined;
  try {
    await tx.query('begin');
    const { rows } = await tx.query('select id, mail_to from jobs order by id limit 1 for update skip locked');
    if (rows[0]) {
      await mailer.send(rows[0].mail_to);
      await tx.query('delete from jobs where id = $1', [rows[0].id]);
    }
    await tx.query('commit');
    return rows.length > 0;
  } catch (error) {
    broken = error as Error;
    throw error;
  } finally {
    tx.release(broken);
  }
}
// #endregion work
