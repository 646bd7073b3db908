# #region insert
from uuid import uuid4

import psycopg
from psycopg import sql
from psycopg.rows import dict_row


def insert(connection: psycopg.Connection, table: str, row: dict) -> dict:
    return connection.cursor(row_factory=dict_row).execute(
        sql.SQL("insert into {} ({}) values ({}) returning *").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, row)),
            sql.SQL(", ").join(map(sql.Placeholder, row)),
        ),
        row,
    ).fetchone()
# #endregion insert


# #region customer
def a_customer(connection: psycopg.Connection, *, email: str | None = None, name: str = "Some Customer") -> dict:
    # Made here: a default in the signature is made once, for all calls.
    email = email or f"{uuid4()}@example.com"
    return insert(connection, "customers", {"email": email, "name": name})
# #endregion customer


# #region subscription
def a_subscription(
    connection: psycopg.Connection,
    *,
    customer: dict | None = None,
    plan: str = "basic",
    currency: str = "CHF",
    price: int = 1234,
    renews_on: str = "2030-01-31",
    paused_on: str | None = None,
) -> dict:
    customer = customer or a_customer(connection)
    return insert(
        connection,
        "subscriptions",
        {
            "customer_id": customer["id"],
            "plan": plan,
            "currency": currency,
            "price": price,
            "renews_on": renews_on,
            "paused_on": paused_on,
        },
    )
# #endregion subscription
