import pytest

from database_url import database_url


# #region missing
def test_a_missing_database_is_no_reason_to_skip_on_a_build_server():
    with pytest.raises(pytest.fail.Exception, match="no integration test would run"):
        database_url({"CI": "true"})
    with pytest.raises(pytest.skip.Exception):
        database_url({})
    assert database_url({"CI": "true", "TEST_DATABASE_URL": "postgres://…"}) == "postgres://…"
# #endregion missing
