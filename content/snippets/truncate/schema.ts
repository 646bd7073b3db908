import type pg from 'pg';

/** The shop's schema, and the plans that come with it. Totals are whole cents. */
export async function migrate(pool: pg.Pool): Promise<void> {
  await pool.query(`
    create table schema_migrations (version integer primary key);
    insert into schema_migrations values (1);

    create table plans (
      id   integer generated always as identity primary key,
      name text not null unique
    );
    insert into plans (name) values ('free'), ('team');

    create table accounts (
      id      integer generated always as identity primary key,
      email   text not null unique,
      plan_id integer not null default 1 references plans
    );
    create table "order" (
      id         integer generated always as identity primary key,
      account_id integer not null references accounts,
      total      integer not null
    );
    create table audit_log (
      id     integer generated always as identity primary key,
      email  text not null,
      action text not null
    )
  `);
}
