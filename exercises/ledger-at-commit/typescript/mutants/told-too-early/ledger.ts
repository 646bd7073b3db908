import type pg from 'pg';

export type Line = { account: string; cents: number };

/** Commits an entry and resolves to its id. Rejects, and leaves nothing, if the lines do not add up to zero. */
export async function post(pool: pg.Pool, lines: readonly Line[]): Promise<number> {
  const id = await write(pool, lines);
  await pool.query('refresh materialized view totals');
  return id;
}

async function write(pool: pg.Pool, lines: readonly Line[]): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query<{ id: number }>('insert into entries default values returning id');
    const id = rows[0]?.id as number;
    await client.query(
      'insert into lines (entry, account, cents) select $1, * from unnest($2::text[], $3::integer[])',
      [id, lines.map(({ account }) => account), lines.map(({ cents }) => cents)],
    );
    await pool.query("select pg_notify('posted', $1)", [String(id)]);
    await client.query('commit');
    return id;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/** The total of each account that has lines. */
export async function balances(pool: pg.Pool): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ account: string; cents: number }>('select account, cents from totals');
  return Object.fromEntries(rows.map(({ account, cents }) => [account, cents]));
}
