import type pg from 'pg';

/** Creates what {@link transfer} needs. Safe to run again. */
export async function runMigrations(pool: pg.Pool): Promise<void> {
  await pool.query(`
    create table if not exists accounts (
      id            text primary key,
      balance_cents bigint not null default 0
    )
  `);
}
