import type pg from 'pg';

/** Prices are whole cents. The second migration came a year after the first. */
export async function migrate(pool: pg.Pool): Promise<void> {
  await pool.query(`
    create table customers (
      id    integer generated always as identity primary key,
      email text not null unique,
      name  text not null
    );
    create table subscriptions (
      id          integer generated always as identity primary key,
      customer_id integer not null references customers,
      plan        text not null check (plan in ('basic', 'plus')),
      currency    text not null default 'EUR',
      price       integer not null check (price > 0),
      renews_on   date not null
    )
  `);
  // #region pause
  await pool.query('alter table subscriptions add column paused_on date');
  // #endregion pause
}
