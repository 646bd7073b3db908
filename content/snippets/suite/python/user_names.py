import psycopg


def name_of(connection: psycopg.Connection, id: int) -> str | None:
    """The last release renamed the column."""
    row = connection.execute("select full_name from users where id = %s", [id]).fetchone()
    return row and row[0]
