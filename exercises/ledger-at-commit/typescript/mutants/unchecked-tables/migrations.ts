import type pg from 'pg';

/** Creates what the ledger needs. Safe to run again. */
export async function runMigrations(pool: pg.Pool): Promise<void> {
  await pool.query(`
    create table if not exists entries (
      id integer generated always as identity primary key
    );
    create table if not exists lines (
      entry   integer not null references entries,
      account text not null,
      cents   integer not null
    );
    create or replace view totals as
      select account, sum(cents)::integer as cents from lines group by account;

    create or replace function tell_entry() returns trigger language plpgsql as $$
    begin
      perform pg_notify('posted', new.id::text);
      return null;
    end $$;
    create or replace trigger entry_told after insert on entries for each row execute function tell_entry();

    create or replace function check_entry() returns trigger language plpgsql as $$
    begin
      if (select sum(cents) from lines where entry = coalesce(new.entry, old.entry)) <> 0
        or (select sum(cents) from lines where entry = coalesce(old.entry, new.entry)) <> 0 then
        raise exception 'an entry does not add up to zero' using errcode = 'check_violation';
      end if;
      return null;
    end $$;
  `);
}
