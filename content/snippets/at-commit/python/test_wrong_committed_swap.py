import psycopg
import pytest

from seats import SCHEMA, swap_seats


@pytest.fixture(scope="module")
def connection(database_url):
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(SCHEMA)
        yield connection


# #region committed
def test_gives_each_of_two_people_the_seat_of_the_other(connection):
    connection.execute("insert into bookings (name, seat) values ('Ada', 1), ('Ben', 2)")

    with connection.transaction():
        swap_seats(connection, "Ada", "Ben")
    # The end of the block commits: psycopg.errors.UniqueViolation, constraint "one_seat_each"

    seats = connection.execute("select name, seat from bookings order by name").fetchall()
    assert seats == [("Ada", 2), ("Ben", 1)]
# #endregion committed
