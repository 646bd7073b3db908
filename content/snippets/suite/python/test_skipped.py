import os

import psycopg
import pytest

from user_names import name_of


def test_needs_nothing():
    assert 1 + 1 == 2


# #region skipped
# Without a database there is nothing to test, so that people can run the rest.
@pytest.mark.skipif("TEST_DATABASE_URL" not in os.environ, reason="needs a database")
def test_knows_a_name():
    with psycopg.connect(os.environ["TEST_DATABASE_URL"]) as connection:
        connection.execute("create table users (id integer, name text); insert into users values (1, 'Ada')")

        assert name_of(connection, 1) == "Ada"
# #endregion skipped
