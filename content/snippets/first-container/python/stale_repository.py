from psycopg import Connection


class StaleRepository:
    """Written when the column was called full_name. The schema has moved on; see user_migrations.py."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # #region create
    def create(self, email: str, name: str) -> dict:
        row = self._connection.execute(
            "insert into users (email, full_name) values (%s, %s)"
            " returning id, email, full_name",
            (email, name),
        ).fetchone()
        return {"id": row[0], "email": row[1], "name": row[2]}
    # #endregion create
