import psycopg
from testcontainers.community.postgres import PostgresContainer

from stale_repository import StaleRepository
from user_migrations import run_migrations


# #region real
def test_creates_a_user():
    with PostgresContainer("postgres:16-alpine", driver=None) as container:
        with psycopg.connect(container.get_connection_url()) as connection:
            run_migrations(connection)

            # psycopg.errors.UndefinedColumn: column "full_name" of relation "users" does not exist
            user = StaleRepository(connection).create("ada@example.com", "Ada")

            assert user["name"] == "Ada"
# #endregion real
