import pytest
from psycopg.errors import CheckViolation

from factories import a_customer, a_subscription
from subscriptions import due, subscribe


# #region due
def test_charges_what_is_due_up_to_that_day(tx):
    before = a_subscription(tx, renews_on="2026-02-27")
    today = a_subscription(tx, renews_on="2026-03-01")
    a_subscription(tx, renews_on="2026-03-02")

    assert due(tx, "2026-03-01") == [before["id"], today["id"]]


def test_does_not_charge_a_subscription_that_is_paused(tx):
    running = a_subscription(tx, renews_on="2026-03-01")
    a_subscription(tx, renews_on="2026-03-01", paused_on="2026-01-15")

    assert due(tx, "2026-03-01") == [running["id"]]
# #endregion due


# #region related
def test_makes_the_customer_too_unless_you_have_one(tx):
    ada = a_customer(tx, name="Ada")
    first = a_subscription(tx, customer=ada)
    second = a_subscription(tx, customer=ada)
    stranger = a_subscription(tx)

    assert [first["customer_id"], second["customer_id"]] == [ada["id"], ada["id"]]
    assert stranger["customer_id"] != ada["id"]
# #endregion related


# #region constraints
def test_cannot_make_a_row_that_the_schema_forbids(tx):
    with pytest.raises(CheckViolation):  # 23514
        a_subscription(tx, price=0)
# #endregion constraints


# #region euros
def test_charges_in_the_currency_that_was_agreed(tx):
    ada = a_customer(tx)

    id = subscribe(tx, ada["id"], 900, "EUR")

    assert tx.execute("select currency from subscriptions where id = %s", [id]).fetchall() == [("EUR",)]
# #endregion euros
