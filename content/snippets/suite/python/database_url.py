import pytest


# #region require
def database_url(env) -> str:
    """The address of the test database. On a build server, its absence is an error and no reason to skip."""
    url = env.get("TEST_DATABASE_URL")
    if url is None and env.get("CI"):
        pytest.fail("TEST_DATABASE_URL is not set, so no integration test would run. Set it in the job, or drop the job.")
    if url is None:
        pytest.skip("There is no TEST_DATABASE_URL.")
    return url
# #endregion require
