from dataclasses import dataclass
from uuid import UUID

from psycopg import Connection


@dataclass(frozen=True)
class User:
    id: UUID
    email: str
    name: str


class UserRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(self, email: str, name: str) -> User:
        """Raises UniqueViolation when the e-mail address is taken."""
        row = self._connection.execute(
            "insert into users (email, name) values (%s, %s) returning id, email, name",
            (email, name),
        ).fetchone()
        return User(*row)

    def find_by_id(self, user_id: UUID | str) -> User | None:
        row = self._connection.execute(
            "select id, email, name from users where id = %s", (user_id,)
        ).fetchone()
        return User(*row) if row else None
