package subscriptions

import (
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"

	database "boundary.test/snippets/database/go"
)

func TestMain(m *testing.M) { database.Main(m) }

func loadFixtures(t *testing.T, tx pgx.Tx) {
	t.Helper()
	database.Exec(t, tx, "truncate customers, subscriptions restart identity")
	// #region fixtures
	database.Exec(t, tx, `
		insert into customers (email, name) values
			('ada@example.com', 'Ada'), ('grace@example.com', 'Grace'), ('alan@example.com', 'Alan')`)
	database.Exec(t, tx, `
		insert into subscriptions (customer_id, plan, price, renews_on) values
			(1, 'basic', 900, '2026-03-01'), (1, 'plus', 1900, '2026-04-01'),
			(2, 'basic', 900, '2026-02-27'), (3, 'plus', 1900, '2026-03-02')`)
	// #endregion fixtures
}

// #region by-fixture
func TestChargesWhatIsDueInTheFixtures(t *testing.T) {
	tx := newTx(t)
	loadFixtures(t, tx)

	if due, err := DueForgetful(t.Context(), tx, "2026-03-01"); err != nil || !slices.Equal(due, []int{1, 3}) {
		t.Errorf("got %v, %v", due, err)
	}
}

// #endregion by-fixture

// #region due
func TestChargesWhatIsDueUpToThatDay(t *testing.T) {
	tx := newTx(t)
	before := aSubscription(t, tx, renewing("2026-02-27"))
	today := aSubscription(t, tx, renewing("2026-03-01"))
	aSubscription(t, tx, renewing("2026-03-02"))

	due, err := Due(t.Context(), tx, "2026-03-01")
	if want := []int{before.ID, today.ID}; err != nil || !slices.Equal(due, want) {
		t.Errorf("got %v, %v; want %v", due, err, want)
	}
}

func TestDoesNotChargeASubscriptionThatIsPaused(t *testing.T) {
	tx := newTx(t)
	running := aSubscription(t, tx, renewing("2026-03-01"))
	aSubscription(t, tx, renewing("2026-03-01"), paused("2026-01-15"))

	due, err := Due(t.Context(), tx, "2026-03-01")
	if want := []int{running.ID}; err != nil || !slices.Equal(due, want) {
		t.Errorf("got %v, %v; want %v", due, err, want)
	}
}

// #endregion due

// #region related
func TestMakesTheCustomerTooUnlessYouHaveOne(t *testing.T) {
	tx := newTx(t)
	ada := aCustomer(t, tx, func(c *Customer) { c.Name = "Ada" })
	ofAda := func(s *Subscription) { s.CustomerID = ada.ID }
	first, second := aSubscription(t, tx, ofAda), aSubscription(t, tx, ofAda)
	stranger := aSubscription(t, tx)

	if first.CustomerID != ada.ID || second.CustomerID != ada.ID || stranger.CustomerID == ada.ID {
		t.Errorf("Ada is %d; got %d, %d and %d", ada.ID, first.CustomerID, second.CustomerID, stranger.CustomerID)
	}
}

// #endregion related

// #region constraints
func TestCannotMakeARowThatTheSchemaForbids(t *testing.T) {
	_, err := newTx(t).Exec(t.Context(), `
		insert into subscriptions (customer_id, plan, price, renews_on) values (1, 'basic', 0, '2030-01-31')`)

	if database.Code(err) != "23514" {
		t.Errorf("got %v, want a check violation", err)
	}
}

// #endregion constraints

// #region euros
func TestChargesInTheCurrencyThatWasAgreed(t *testing.T) {
	tx := newTx(t)

	id, err := Subscribe(t.Context(), tx, aCustomer(t, tx).ID, 900, "EUR")
	if err != nil {
		t.Fatal(err)
	}

	currencies := database.Column[string](t, tx, "select currency from subscriptions where id = $1", id)
	if !slices.Equal(currencies, []string{"EUR"}) {
		t.Errorf("got %v", currencies)
	}
}

// #endregion euros
