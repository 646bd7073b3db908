import psycopg
import pytest

from subscriptions import SCHEMA


@pytest.fixture(scope="module")
def connection(database_url):
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(SCHEMA)
        yield connection


@pytest.fixture
def tx(connection):
    with connection.transaction(force_rollback=True):
        yield connection
