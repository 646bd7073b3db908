import psycopg
import pytest

from audited_shop import SCHEMA, close_account, close_unused, open_account


@pytest.fixture(scope="module")
def connection(database_url):
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(SCHEMA)
        yield connection


# #region by-list
@pytest.fixture(autouse=True)
def clean(connection):
    connection.execute('delete from "order"')
    connection.execute("delete from accounts")


def test_records_an_account_that_its_owner_closes(connection):
    open_account(connection, "ada@example.com")
    close_account(connection, "ada@example.com")

    assert actions_on(connection, "ada@example.com") == ["closed"]


def test_records_an_account_that_the_nightly_job_closes(connection):
    open_account(connection, "ada@example.com")
    close_unused(connection)

    assert actions_on(connection, "ada@example.com") == ["closed"]
# #endregion by-list


def actions_on(connection, email):
    rows = connection.execute("select action from audit_log where email = %s", [email])
    return [action for [action] in rows]
