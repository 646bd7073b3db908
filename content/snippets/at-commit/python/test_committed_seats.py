import psycopg
import pytest

from seats import SCHEMA


@pytest.fixture(scope="module")
def migrated(database_url):
    with psycopg.connect(database_url) as connection:
        connection.execute(SCHEMA)
    return database_url


@pytest.fixture
def outside(migrated):
    """A connection that sees what is committed, and begins with an empty table."""
    with psycopg.connect(migrated, autocommit=True) as connection:
        connection.execute("truncate bookings")
        connection.execute("refresh materialized view occupancy")
        yield connection


@pytest.fixture
def tx(migrated):
    """A connection that is in a transaction from its first statement on."""
    with psycopg.connect(migrated) as connection:
        yield connection


# #region notify
def test_tells_listeners_what_is_committed_and_nothing_else(tx, outside):
    outside.execute("listen booked")

    tx.execute("insert into bookings (name, seat) values ('Ada', 1)")
    tx.rollback()
    tx.execute("insert into bookings (name, seat) values ('Ben', 2)")
    tx.commit()

    heard = [notify.payload for notify in outside.notifies(timeout=30, stop_after=1)]
    assert heard == ["Ben"]
# #endregion notify


# #region others
def test_shows_nothing_to_another_connection_before_the_commit(tx, outside):
    bookings = "select name from bookings"

    tx.execute("insert into bookings (name, seat) values ('Ada', 1)")
    assert tx.execute(bookings).fetchall() == [("Ada",)]
    assert outside.execute(bookings).fetchall() == []

    tx.commit()
    assert outside.execute(bookings).fetchall() == [("Ada",)]
# #endregion others


# #region refresh
def test_refreshes_a_view_from_what_is_committed(tx, outside):
    def refreshed():
        outside.execute("refresh materialized view occupancy")  # by the nightly job, on a connection of its own
        return outside.execute("select taken from occupancy").fetchone()

    tx.execute("insert into bookings (name, seat) values ('Ada', 1)")
    assert refreshed() == (0,)

    tx.commit()
    assert refreshed() == (1,)
# #endregion refresh


# #region advisory
def test_keeps_an_advisory_lock_of_the_session_after_a_rollback(tx, outside):
    def can_lock():
        return outside.execute("select pg_try_advisory_xact_lock(42)").fetchone()[0]

    tx.execute("select pg_advisory_xact_lock(42)")
    tx.rollback()
    assert can_lock()  # an xact lock ends with its transaction

    tx.execute("select pg_advisory_lock(42)")
    tx.rollback()
    assert not can_lock()  # a session lock does not
# #endregion advisory
