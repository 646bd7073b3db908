import psycopg

SCHEMA = """
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
);
"""


def open_account(connection: psycopg.Connection, email: str) -> int:
    return connection.execute("insert into accounts (email) values (%s) returning id", [email]).fetchone()[0]


# #region close
def close_account(connection: psycopg.Connection, email: str) -> None:
    connection.execute("delete from accounts where email = %s", [email])
    connection.execute("insert into audit_log (email, action) values (%s, 'closed')", [email])


def close_unused(connection: psycopg.Connection) -> None:
    """The nightly job. It has its own statement, and its author did not know of the audit log."""
    connection.execute('delete from accounts where id not in (select account_id from "order")')
# #endregion close


def place_order(connection: psycopg.Connection, account: int, total: int) -> int:
    return connection.execute(
        'insert into "order" (account_id, total) values (%s, %s) returning id', [account, total]
    ).fetchone()[0]


# #region cancel
def cancel_order(connection: psycopg.Connection, account: int, order: int) -> None:
    """The two ids are the wrong way round."""
    connection.execute('delete from "order" where account_id = %s and id = %s', [order, account])
# #endregion cancel
