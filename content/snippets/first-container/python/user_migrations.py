from psycopg import Connection


def run_migrations(connection: Connection) -> None:
    """Creates the schema that the application expects. Safe to run again."""
    connection.execute(
        """
        create table if not exists users (
            id    uuid primary key default gen_random_uuid(),
            email text not null unique,
            name  text not null
        )
        """
    )
