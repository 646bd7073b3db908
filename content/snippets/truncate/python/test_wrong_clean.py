import psycopg
import pytest

from audited_shop import SCHEMA, cancel_order, close_unused, open_account, place_order
from empty_tables import empty_tables


@pytest.fixture(scope="module")
def connection(database_url):
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(SCHEMA)
        yield connection


# #region clean
@pytest.fixture(autouse=True)
def clean(connection):
    empty_tables(connection, keep=["schema_migrations", "plans"])


def test_records_an_account_that_the_nightly_job_closes(connection):
    open_account(connection, "ada@example.com")
    close_unused(connection)

    assert connection.execute("select action from audit_log").fetchall() == [("closed",)]  # there is none
# #endregion clean


# #region apart
def test_cancels_an_order_and_no_other(connection):
    open_account(connection, "ada@example.com")  # so that accounts and orders do not count in step
    grace = open_account(connection, "grace@example.com")
    first, second, third = [place_order(connection, grace, total) for total in (1990, 2990, 3990)]

    cancel_order(connection, grace, third)

    left = connection.execute('select id from "order" order by id').fetchall()
    assert left == [(first,), (second,)]  # all three are still there
# #endregion apart
