from factories import a_customer
from subscriptions import subscribe


# #region francs
def test_charges_in_the_currency_that_was_agreed(tx):
    ada = a_customer(tx)

    id = subscribe(tx, ada["id"], 900, "CHF")

    currencies = tx.execute("select currency from subscriptions where id = %s", [id]).fetchall()
    assert currencies == [("CHF",)]  # EUR, from the column’s default
# #endregion francs
