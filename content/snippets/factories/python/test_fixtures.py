import pytest

from shop_fixtures import load_fixtures
from subscriptions import due_forgetful


# #region by-fixture
@pytest.fixture(autouse=True)
def fixtures(connection):
    load_fixtures(connection)


def test_charges_what_is_due(connection):
    assert due_forgetful(connection, "2026-03-01") == [1, 3]
# #endregion by-fixture
