from uuid import uuid4

# #region start
import psycopg
import pytest
from testcontainers.community.postgres import PostgresContainer

from user_migrations import run_migrations
from user_repository import UserRepository


# #region stop
@pytest.fixture(scope="module")
def database_url():
    with PostgresContainer("postgres:16-alpine", driver=None) as container:
        yield container.get_connection_url()


@pytest.fixture(scope="module")
def users(database_url):
    with psycopg.connect(database_url, autocommit=True) as connection:
        run_migrations(connection)
        yield UserRepository(connection)
# #endregion stop
# #endregion start


# #region echo
def test_creates_a_user(users):
    user = users.create("echo@example.com", "Ada")

    assert user.email == "echo@example.com"
# #endregion echo


# #region read-back
def test_stores_a_user_that_can_be_read_back(users):
    created = users.create("ada@example.com", "Ada")

    found = users.find_by_id(created.id)

    assert (found.id, found.email, found.name) == (created.id, "ada@example.com", "Ada")
# #endregion read-back


# #region duplicate
def test_refuses_an_address_that_is_taken(users):
    first = users.create("grace@example.com", "Grace")

    with pytest.raises(psycopg.errors.UniqueViolation) as refused:
        users.create("grace@example.com", "An impostor")

    assert refused.value.sqlstate == "23505"
    assert users.find_by_id(first.id) == first
# #endregion duplicate


# #region absent
def test_finds_none_for_an_id_that_nobody_has(users):
    users.create("alan@example.com", "Alan")

    assert users.find_by_id(uuid4()) is None
# #endregion absent


# #region malformed
def test_is_refused_by_postgresql_when_the_id_is_no_uuid(users):
    with pytest.raises(psycopg.errors.InvalidTextRepresentation) as refused:
        users.find_by_id("no-such-user")

    assert refused.value.sqlstate == "22P02"
# #endregion malformed
