package subscriptions

import (
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	database "boundary.test/snippets/database/go"
)

// #region customer
type Customer struct {
	ID          int
	Email, Name string
}

// aCustomer fills in what it is not told. A function can set a field to its zero value; a struct could not say that it
// means it.
func aCustomer(t *testing.T, tx pgx.Tx, given ...func(*Customer)) Customer {
	t.Helper()
	c := Customer{Email: uuid.NewString() + "@example.com", Name: "Some Customer"}
	for _, set := range given {
		set(&c)
	}
	c.ID = insert(t, tx, "insert into customers (email, name) values ($1, $2) returning id", c.Email, c.Name)
	return c
}

// #endregion customer

// #region subscription
type Subscription struct {
	ID, CustomerID int
	Plan, Currency string
	Price          int
	RenewsOn       string
	PausedOn       *string
}

func aSubscription(t *testing.T, tx pgx.Tx, given ...func(*Subscription)) Subscription {
	t.Helper()
	s := Subscription{Plan: "basic", Currency: "CHF", Price: 1234, RenewsOn: "2030-01-31"}
	for _, set := range given {
		set(&s)
	}
	if s.CustomerID == 0 {
		s.CustomerID = aCustomer(t, tx).ID
	}
	s.ID = insert(t, tx, `
		insert into subscriptions (customer_id, plan, currency, price, renews_on, paused_on)
		values ($1, $2, $3, $4, $5, $6) returning id`,
		s.CustomerID, s.Plan, s.Currency, s.Price, s.RenewsOn, s.PausedOn)
	return s
}

// #endregion subscription

// #region insert
func insert(t *testing.T, tx pgx.Tx, statement string, values ...any) (id int) {
	t.Helper()
	if err := tx.QueryRow(t.Context(), statement, values...).Scan(&id); err != nil {
		t.Fatal(err)
	}
	return id
}

// #endregion insert

func renewing(day string) func(*Subscription) { return func(s *Subscription) { s.RenewsOn = day } }

func paused(day string) func(*Subscription) { return func(s *Subscription) { s.PausedOn = &day } }

// newTx returns a transaction on a database of its own, which the end of the test closes and so rolls back.
func newTx(t *testing.T) pgx.Tx {
	t.Helper()
	tx, err := database.Connect(t, database.New(t, schema)).Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return tx
}
