package shop

import (
	"slices"
	"testing"

	database "boundary.test/snippets/database/go"
)

// #region clean
func TestWrongNightlyJob(t *testing.T) {
	conn := connectClean(t, database.New(t, schema))
	openAccount(t, conn, "ada@example.com")
	if err := CloseUnused(t.Context(), conn); err != nil {
		t.Fatal(err)
	}

	actions := database.Column[string](t, conn, "select action from audit_log")
	if !slices.Equal(actions, []string{"closed"}) { // there is none
		t.Errorf("got %v", actions)
	}
}

// #endregion clean

// #region apart
func TestWrongCancel(t *testing.T) {
	conn := connectClean(t, database.New(t, schema))
	openAccount(t, conn, "ada@example.com") // so that accounts and orders do not count in step
	grace := openAccount(t, conn, "grace@example.com")
	first := placeOrder(t, conn, grace, 1990)
	second := placeOrder(t, conn, grace, 2990)
	third := placeOrder(t, conn, grace, 3990)

	if err := CancelOrder(t.Context(), conn, grace, third); err != nil {
		t.Fatal(err)
	}

	left := database.Column[int](t, conn, `select id from "order" order by id`)
	if !slices.Equal(left, []int{first, second}) { // all three are still there
		t.Errorf("got %v", left)
	}
}

// #endregion apart
