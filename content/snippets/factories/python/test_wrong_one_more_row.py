import pytest

from shop_fixtures import load_fixtures
from subscriptions import due


# #region one-more
@pytest.fixture(autouse=True)
def fixtures(connection):
    load_fixtures(connection)
    connection.execute(
        """
        insert into customers (email, name) values ('zoe@example.com', 'Zoë');
        insert into subscriptions (customer_id, plan, price, renews_on, paused_on) values
          (4, 'basic', 900, '2026-02-01', '2026-01-15'), (4, 'plus', 1900, '2026-02-01', null)
        """
    )


def test_charges_what_is_due(connection):
    assert due(connection, "2026-03-01") == [1, 3]  # and 6, which this test knows nothing of


def test_counts_customers(connection):
    [count] = connection.execute("select count(*) from customers").fetchone()

    assert count == 3  # 4
# #endregion one-more
