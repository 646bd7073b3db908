import type pg from 'pg';

/** Empties every table of the schema `public`, except the one of the migrations. */
export async function emptyTables(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    // For this transaction only: whoever gets the connection next waits as long as before.
    await client.query("set local lock_timeout = '2s'");
    await client.query('set local session_replication_role = replica');
    const tables = await tablesOf(client);
    for (const table of tables) await client.query(`delete from ${table}`);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

/** Their names with the schema, quoted where they need it. Partitions are emptied with the table that they belong to. */
async function tablesOf(client: pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', relnamespace::regnamespace::text, relname) as name
       from pg_class
      where relnamespace = 'public'::regnamespace
        and relkind in ('r', 'p')
        and not relispartition
        and relname <> 'schema_migrations'`,
  );
  return rows.map(({ name }) => name);
}
