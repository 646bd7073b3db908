# #region hooks
import psycopg
import pytest
from psycopg.errors import FeatureNotSupported, LockNotAvailable
from testcontainers.community.postgres import PostgresContainer

from audited_shop import SCHEMA, cancel_order, open_account, place_order
from empty_tables import assert_test_database, empty_tables


@pytest.fixture(scope="module")
def url():
    with PostgresContainer("postgres:16-alpine", driver=None) as container:
        yield container.get_connection_url()


@pytest.fixture(scope="module")
def connection(url):
    with psycopg.connect(url, autocommit=True) as connection:
        assert_test_database(connection)
        connection.execute(SCHEMA)
        yield connection


@pytest.fixture(autouse=True)
def clean(connection):
    empty_tables(connection, keep=["schema_migrations", "plans"])
# #endregion hooks


def count(connection, table):
    return connection.execute(f"select count(*) from {table}").fetchone()[0]


# #region proof
def test_empties_what_tests_have_filled_and_keeps_what_migrations_have(connection):
    ada = open_account(connection, "ada@example.com")
    place_order(connection, ada, 1990)

    empty_tables(connection, keep=["schema_migrations", "plans"])

    assert [count(connection, table) for table in ("accounts", '"order"')] == [0, 0]
    assert [count(connection, table) for table in ("schema_migrations", "plans")] == [1, 2]
# #endregion proof


# #region together
def test_is_refused_for_a_table_that_another_one_refers_to_unless_both_are_named(connection):
    with pytest.raises(FeatureNotSupported):  # 0A000
        connection.execute("truncate accounts")

    connection.execute('truncate accounts, "order"')
# #endregion together


# #region cascade
def test_cascades_into_tables_that_nobody_named(connection):
    connection.execute(
        """
        create table staff (id integer primary key, name text);
        create table countries (code text primary key, edited_by integer references staff);
        insert into countries values ('AT', null), ('NZ', null)
        """
    )

    connection.execute("truncate staff cascade")

    assert count(connection, "countries") == 0  # although no country had an editor
# #endregion cascade


# #region same-id
def test_cancels_an_order(connection):
    ada = open_account(connection, "ada@example.com")  # 1
    order = place_order(connection, ada, 1990)  # 1

    cancel_order(connection, ada, order)

    assert count(connection, '"order"') == 0
# #endregion same-id


# #region leaked
def test_says_so_rather_than_hang_when_somebody_still_holds_a_table(url, connection):
    with psycopg.connect(url) as leaked:
        leaked.execute("select from accounts")  # reading is enough

        with pytest.raises(LockNotAvailable):  # 55P03
            empty_tables(connection, keep=[], patience="50ms")
# #endregion leaked


def test_refuses_a_database_that_is_not_for_tests(url):
    with psycopg.connect(url, dbname="postgres") as wrong:
        with pytest.raises(RuntimeError, match="“postgres” is no test database"):
            assert_test_database(wrong)
