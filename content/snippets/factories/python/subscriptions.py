import psycopg
from psycopg.rows import scalar_row

SCHEMA = """
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
);
alter table subscriptions add column paused_on date;
"""


# #region forgotten
def due_forgetful(connection: psycopg.Connection, day: str) -> list[int]:
    """The subscriptions to charge on a day."""
    cursor = connection.cursor(row_factory=scalar_row)
    return cursor.execute("select id from subscriptions where renews_on <= %s order by id", [day]).fetchall()
# #endregion forgotten


# #region mended
def due(connection: psycopg.Connection, day: str) -> list[int]:
    cursor = connection.cursor(row_factory=scalar_row)
    return cursor.execute(
        "select id from subscriptions where renews_on <= %s and paused_on is null order by id", [day]
    ).fetchall()
# #endregion mended


# #region subscribe
def subscribe(connection: psycopg.Connection, customer: int, price: int, _currency: str) -> int:
    """Forgets to hand on the currency. The column has a default, so nothing complains."""
    cursor = connection.cursor(row_factory=scalar_row)
    return cursor.execute(
        """
        insert into subscriptions (customer_id, plan, price, renews_on)
        values (%s, 'basic', %s, current_date + 30) returning id
        """,
        [customer, price],
    ).fetchone()
# #endregion subscribe
