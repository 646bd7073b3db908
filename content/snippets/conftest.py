from itertools import count

import psycopg
import pytest
from testcontainers.community.postgres import PostgresContainer

numbers = count(1)


@pytest.fixture(scope="session")
def server():
    with PostgresContainer("postgres:16-alpine", driver=None) as container:
        yield container.get_connection_url()


@pytest.fixture(scope="module")
def database_url(server):
    """An empty database for each file, on one server for all of them."""
    name = f"test_{next(numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"create database {name}")
    yield server.removesuffix("/test") + f"/{name}"
