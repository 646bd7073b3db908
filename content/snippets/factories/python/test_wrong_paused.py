from factories import a_subscription
from subscriptions import due_forgetful


# #region paused
def test_does_not_charge_a_subscription_that_is_paused(tx):
    running = a_subscription(tx, renews_on="2026-03-01")
    a_subscription(tx, renews_on="2026-03-01", paused_on="2026-01-15")

    assert due_forgetful(tx, "2026-03-01") == [running["id"]]  # both are charged
# #endregion paused
