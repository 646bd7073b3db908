import type pg from 'pg';

type Options = {
  /** Tables whose rows come from migrations rather than from tests. */
  keep: string[];
  /** How long to wait for others to let go of the tables. */
  patience?: string;
};

// #region empty
export async function emptyTables(pool: pg.Pool, { keep, patience = '5s' }: Options): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query("select set_config('lock_timeout', $1, true)", [patience]);
    const tables = await tablesBesides(client, keep);
    if (tables.length > 0) await client.query(`truncate ${tables.join(', ')} restart identity`);
    await client.query('commit');
    client.release();
  } catch (error) {
    client.release(true); // closes the connection, and its transaction with it
    throw error;
  }
}
// #endregion empty

// #region which
/** The ordinary tables of the schema, quoted where their names need it. */
async function tablesBesides(client: pg.PoolClient, keep: string[]): Promise<string[]> {
  const { rows } = await client.query(
    `select format('%I.%I', n.nspname, c.relname) as name
       from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public'
        and c.relkind in ('r', 'p')
        and not c.relispartition
        and c.relname <> all ($1)
        and not exists (select from pg_depend d
                         where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`,
    [keep],
  );
  return rows.map(({ name }) => name);
}
// #endregion which

// #region guard
/** Refuses every database that is not plainly one for tests. */
export async function assertTestDatabase(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query('select current_database() as name');
  if (!/(^|_)test(_|$)/.test(rows[0].name)) {
    throw new Error(`“${rows[0].name}” is no test database; its tables stay as they are. Check the connection string.`);
  }
}
// #endregion guard
