from unittest.mock import Mock

from stale_repository import StaleRepository


# #region mocked
def test_creates_a_user():
    connection = Mock()
    connection.execute.return_value.fetchone.return_value = (7, "ada@example.com", "Ada")

    user = StaleRepository(connection).create("ada@example.com", "Ada")

    assert user == {"id": 7, "email": "ada@example.com", "name": "Ada"}
    assert "insert into users" in connection.execute.call_args.args[0]
# #endregion mocked
