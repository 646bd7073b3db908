import psycopg
import pytest
from psycopg import IsolationLevel
from psycopg.errors import DeadlockDetected, SerializationFailure

from bank import (
    SCHEMA,
    LastOwner,
    NotEnoughMoney,
    leave_team,
    transfer,
    transfer_as_it_comes,
    withdraw,
    withdraw_locked,
    withdraw_lossy,
)
from collisions import collide


@pytest.fixture(scope="module")
def url(database_url):
    with psycopg.connect(database_url) as connection:
        connection.execute(SCHEMA)
    return database_url


@pytest.fixture
def connection(url):
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


def open_account(connection, balance):
    return connection.execute("insert into accounts (balance) values (%s) returning id", [balance]).fetchone()[0]


def balance_of(connection, account):
    return connection.execute("select balance from accounts where id = %s", [account]).fetchone()[0]


# #region in-turn
def test_refuses_what_the_account_does_not_hold(connection):
    account = open_account(connection, 100)

    withdraw_lossy(connection, account, 80)

    with pytest.raises(NotEnoughMoney):
        withdraw_lossy(connection, account, 80)
    assert balance_of(connection, account) == 20
# #endregion in-turn


# #region by-hand
def read_read_write_write(url, isolation, account):
    """Two transactions read, then both write, and the first commits before the second writes."""
    with psycopg.connect(url) as first, psycopg.connect(url) as second:
        first.isolation_level = second.isolation_level = isolation
        seen_by_first = balance_of(first, account)  # begins a transaction
        seen_by_second = balance_of(second, account)

        first.execute("update accounts set balance = %s where id = %s", [seen_by_first - 80, account])
        first.commit()
        second.execute("update accounts set balance = %s where id = %s", [seen_by_second - 80, account])
        second.commit()


def test_read_committed_lets_both_commit(url, connection):
    account = open_account(connection, 100)

    read_read_write_write(url, IsolationLevel.READ_COMMITTED, account)

    assert balance_of(connection, account) == 20


@pytest.mark.parametrize("isolation", [IsolationLevel.REPEATABLE_READ, IsolationLevel.SERIALIZABLE])
def test_a_stricter_level_refuses_the_second(url, connection, isolation):
    account = open_account(connection, 100)

    with pytest.raises(SerializationFailure):  # 40001
        read_read_write_write(url, isolation, account)

    assert balance_of(connection, account) == 20
# #endregion by-hand


# #region mended
@pytest.mark.parametrize("take", [withdraw_locked, withdraw])
def test_pays_out_once_when_two_meet(url, connection, take):
    account = open_account(connection, 100)

    ended = collide(
        url,
        f"select from accounts where id = {account} for update",
        lambda own: take(own, account, 80),
        lambda own: take(own, account, 80),
    )

    assert {type(end) for end in ended} == {type(None), NotEnoughMoney}
    assert balance_of(connection, account) == 20
# #endregion mended


# #region skew
def both_leave(url, connection, team, isolation):
    connection.execute(
        "insert into members values (%(team)s, 'Ada', 'owner'), (%(team)s, 'Ben', 'owner')", {"team": team}
    )
    ended = collide(
        url,
        f"select from members where team = '{team}' for update",
        lambda own: leave_team(own, team, "Ada", isolation),
        lambda own: leave_team(own, team, "Ben", isolation),
    )
    return ended, connection.execute("select name from members where team = %s", [team]).fetchall()


def test_repeatable_read_lets_both_go_and_nobody_owns_the_team(url, connection):
    assert both_leave(url, connection, "orphaned", IsolationLevel.REPEATABLE_READ) == ([None, None], [])


def test_serializable_lets_one_go_and_tells_the_other_why_not(url, connection):
    ended, left = both_leave(url, connection, "kept", IsolationLevel.SERIALIZABLE)

    assert {type(end) for end in ended} == {type(None), LastOwner}
    assert len(left) == 1
# #endregion skew


# #region deadlock
def crossing(url, connection, move):
    a, b = open_account(connection, 100), open_account(connection, 100)
    ended = collide(
        url,
        "lock table transfers in share mode",
        lambda own: move(own, a, b, 10),
        lambda own: move(own, b, a, 10),
    )
    return ended, [balance_of(connection, a), balance_of(connection, b)]


def test_a_deadlock_when_each_locks_its_own_account_first(url, connection):
    ended, _ = crossing(url, connection, transfer_as_it_comes)

    assert {type(end) for end in ended} == {type(None), DeadlockDetected}  # 40P01


def test_both_succeed_when_they_lock_in_the_order_of_the_ids(url, connection):
    assert crossing(url, connection, transfer) == ([None, None], [100, 100])
# #endregion deadlock
