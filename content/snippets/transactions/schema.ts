import type pg from 'pg';

/** Balances are whole cents. */
export async function migrate(pool: pg.Pool): Promise<void> {
  await pool.query(`
    create table accounts (
      id      integer generated always as identity primary key,
      balance integer not null
    );
    create table transfers (
      id           integer generated always as identity primary key,
      from_account integer not null references accounts,
      to_account   integer not null references accounts,
      amount       integer not null
    );
    create table members (
      team text not null,
      name text not null,
      role text not null,
      primary key (team, name)
    )
  `);
}
