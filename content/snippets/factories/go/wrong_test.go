package subscriptions

import (
	"slices"
	"testing"

	database "boundary.test/snippets/database/go"
)

// #region one-more
func TestWrongOneMoreRow(t *testing.T) {
	tx := newTx(t)
	loadFixtures(t, tx)
	database.Exec(t, tx, "insert into customers (email, name) values ('zoe@example.com', 'Zoë')")
	database.Exec(t, tx, `
		insert into subscriptions (customer_id, plan, price, renews_on, paused_on) values
			(4, 'basic', 900, '2026-02-01', '2026-01-15'), (4, 'plus', 1900, '2026-02-01', null)`)

	due, err := Due(t.Context(), tx, "2026-03-01")
	if err != nil || !slices.Equal(due, []int{1, 3}) { // and 6, which this test knows nothing of
		t.Errorf("due are %v, %v", due, err)
	}

	count := database.Column[int](t, tx, "select count(*) from customers")[0]
	if count != 3 { // 4
		t.Errorf("there are %d customers", count)
	}
}

// #endregion one-more

// #region paused
func TestWrongPaused(t *testing.T) {
	tx := newTx(t)
	running := aSubscription(t, tx, renewing("2026-03-01"))
	aSubscription(t, tx, renewing("2026-03-01"), paused("2026-01-15"))

	due, err := DueForgetful(t.Context(), tx, "2026-03-01")
	if want := []int{running.ID}; err != nil || !slices.Equal(due, want) { // both are charged
		t.Errorf("got %v, %v; want %v", due, err, want)
	}
}

// #endregion paused

// #region francs
func TestWrongCurrency(t *testing.T) {
	tx := newTx(t)

	id, err := Subscribe(t.Context(), tx, aCustomer(t, tx).ID, 900, "CHF")
	if err != nil {
		t.Fatal(err)
	}

	currencies := database.Column[string](t, tx, "select currency from subscriptions where id = $1", id)
	if !slices.Equal(currencies, []string{"CHF"}) { // EUR, from the column’s default
		t.Errorf("got %v", currencies)
	}
}

// #endregion francs
