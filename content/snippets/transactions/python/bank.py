from collections.abc import Callable
from typing import TypeVar

import psycopg
from psycopg import IsolationLevel
from psycopg.errors import DeadlockDetected, SerializationFailure

T = TypeVar("T")

SCHEMA = """
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
);
"""


class NotEnoughMoney(Exception):
    pass


class LastOwner(Exception):
    pass


# #region lossy
def withdraw_lossy(connection: psycopg.Connection, account: int, amount: int) -> None:
    with connection.transaction():
        [balance] = connection.execute("select balance from accounts where id = %s", [account]).fetchone()
        left = balance - amount
        if left < 0:
            raise NotEnoughMoney
        connection.execute("update accounts set balance = %s where id = %s", [left, account])
# #endregion lossy


# #region locked
def withdraw_locked(connection: psycopg.Connection, account: int, amount: int) -> None:
    with connection.transaction():
        query = "select balance from accounts where id = %s for update"
        [balance] = connection.execute(query, [account]).fetchone()
        left = balance - amount
        if left < 0:
            raise NotEnoughMoney
        connection.execute("update accounts set balance = %s where id = %s", [left, account])
# #endregion locked


# #region atomic
def withdraw(connection: psycopg.Connection, account: int, amount: int) -> None:
    updated = connection.execute(
        "update accounts set balance = balance - %(amount)s where id = %(account)s and balance >= %(amount)s",
        {"amount": amount, "account": account},
    )
    if updated.rowcount == 0:
        raise NotEnoughMoney
# #endregion atomic


# #region retry
def retrying(attempt: Callable[[], T], attempts: int = 5) -> T:
    """Runs the whole transaction again when PostgreSQL gave it up for the sake of another: 40001 or 40P01."""
    for _ in range(attempts - 1):
        try:
            return attempt()
        except (SerializationFailure, DeadlockDetected):
            continue
    return attempt()
# #endregion retry


# #region leave
def leave_team(connection: psycopg.Connection, team: str, name: str, isolation: IsolationLevel) -> None:
    connection.isolation_level = isolation

    def attempt() -> None:
        with connection.transaction():
            query = "select count(*) from members where team = %s and role = 'owner'"
            [owners] = connection.execute(query, [team]).fetchone()
            if owners < 2:
                raise LastOwner
            connection.execute("delete from members where team = %s and name = %s", [team, name])

    retrying(attempt)
# #endregion leave


# #region as-it-comes
def transfer_as_it_comes(connection: psycopg.Connection, sender: int, receiver: int, amount: int) -> None:
    with connection.transaction():
        connection.execute("update accounts set balance = balance - %s where id = %s", [amount, sender])
        record(connection, sender, receiver, amount)
        connection.execute("update accounts set balance = balance + %s where id = %s", [amount, receiver])
# #endregion as-it-comes


# #region in-order
def transfer(connection: psycopg.Connection, sender: int, receiver: int, amount: int) -> None:
    with connection.transaction():
        connection.execute(
            "select from accounts where id in (%s, %s) order by id for update", [sender, receiver]
        )
        connection.execute("update accounts set balance = balance - %s where id = %s", [amount, sender])
        record(connection, sender, receiver, amount)
        connection.execute("update accounts set balance = balance + %s where id = %s", [amount, receiver])
# #endregion in-order


def record(connection: psycopg.Connection, sender: int, receiver: int, amount: int) -> None:
    connection.execute(
        "insert into transfers (from_account, to_account, amount) values (%s, %s, %s)", [sender, receiver, amount]
    )
