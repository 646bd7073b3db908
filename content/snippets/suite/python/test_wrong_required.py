import psycopg
from testcontainers.community.postgres import PostgresContainer

from user_names import name_of


# #region required
def test_knows_a_name():
    with PostgresContainer("postgres:16-alpine", driver=None) as container:
        with psycopg.connect(container.get_connection_url()) as connection:
            connection.execute("create table users (id integer, name text); insert into users values (1, 'Ada')")

            assert name_of(connection, 1) == "Ada"  # UndefinedColumn: column "full_name" does not exist
# #endregion required
