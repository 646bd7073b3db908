import type pg from 'pg';

export type Line = { account: string; cents: number };

/** Commits an entry and resolves to its id. Rejects, and leaves nothing, if the lines do not add up to zero. */
export async function post(pool: pg.Pool, lines: readonly Line[]): Promise<number> {
  const sum = lines.reduce((total, { cents }) => total + cents, 0);
  if (sum !== 0) throw new RangeError(`The lines add up to ${sum} cents where they should add up to zero.`);
  // One statement is a transaction of its own.
  const { rows } = await pool.query<{ entry: number }>(
    `with opened as (insert into entries default values returning id)
     insert into lines (entry, account, cents)
     select opened.id, given.account, given.cents
     from opened, unnest($1::text[], $2::integer[]) as given (account, cents)
     returning entry`,
    [lines.map(({ account }) => account), lines.map(({ cents }) => cents)],
  );
  return rows[0]?.entry as number;
}

/** The total of each account that has lines. */
export async function balances(pool: pg.Pool): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ account: string; cents: number }>('select account, cents from totals');
  return Object.fromEntries(rows.map(({ account, cents }) => [account, cents]));
}
