import psycopg
import pytest
from psycopg.errors import ActiveSqlTransaction, UniqueViolation

from seats import SCHEMA, swap_seats


@pytest.fixture(scope="module")
def connection(database_url):
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(SCHEMA)
        yield connection


# #region rolled-back
@pytest.fixture
def tx(connection):
    with connection.transaction(force_rollback=True):
        yield connection


def test_gives_one_person_the_seat_of_the_other(tx):
    tx.execute("insert into bookings (name, seat) values ('Ada', 1), ('Ben', 2)")

    swap_seats(tx, "Ada", "Ben")

    assert tx.execute("select seat from bookings where name = 'Ada'").fetchall() == [(2,)]
# #endregion rolled-back


# #region immediate
def test_asks_deferred_constraints_before_it_rolls_back(tx):
    tx.execute("insert into bookings (name, seat) values ('Ada', 1), ('Ben', 2)")

    swap_seats(tx, "Ada", "Ben")

    with pytest.raises(UniqueViolation):
        tx.execute("set constraints all immediate")
# #endregion immediate


# #region frozen
def test_stops_the_clock_of_the_database(tx):
    first, first_real = tx.execute("select now(), clock_timestamp()").fetchone()
    later, later_real = tx.execute("select now(), clock_timestamp()").fetchone()

    assert later == first
    assert later_real >= first_real
# #endregion frozen


# #region refused
def test_cannot_run_what_postgresql_refuses_inside_a_transaction(tx):
    with pytest.raises(ActiveSqlTransaction):  # 25001
        tx.execute("create index concurrently on bookings (name)")
# #endregion refused


def test_none_of_them_has_left_anything(connection):
    assert connection.execute("select count(*) from bookings").fetchone() == (0,)
