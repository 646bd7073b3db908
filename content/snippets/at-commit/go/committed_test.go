package seats

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	database "boundary.test/snippets/database/go"
)

func TestCommitted(t *testing.T) {
	address := database.New(t, schema)
	conn, outside := database.Connect(t, address), database.Connect(t, address)

	// #region notify
	t.Run("tells listeners what is committed, and nothing else", func(t *testing.T) {
		emptied(t, outside)
		database.Exec(t, outside, "listen booked")

		tx := begin(t, conn)
		database.Exec(t, tx, "insert into bookings (name, seat) values ('Ada', 1)")
		tx.Rollback(t.Context())
		database.Exec(t, conn, "insert into bookings (name, seat) values ('Ben', 2)") // commits at once

		patience, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		first, err := outside.WaitForNotification(patience)
		if err != nil || first.Payload != "Ben" {
			t.Errorf("got %v, %v; want Ben first", first, err)
		}
	})
	// #endregion notify

	// #region others
	t.Run("shows nothing to another connection before the commit", func(t *testing.T) {
		emptied(t, outside)
		seenBy := func(db database.DB) []string {
			return database.Column[string](t, db, "select name from bookings")
		}

		tx := begin(t, conn)
		database.Exec(t, tx, "insert into bookings (name, seat) values ('Ada', 1)")
		if own, others := seenBy(tx), seenBy(outside); !slices.Equal(own, []string{"Ada"}) || len(others) > 0 {
			t.Errorf("before the commit, it sees %v, and others see %v", own, others)
		}

		if err := tx.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
		if others := seenBy(outside); !slices.Equal(others, []string{"Ada"}) {
			t.Errorf("after the commit, others see %v", others)
		}
	})
	// #endregion others

	// #region refresh
	t.Run("refreshes a view from what is committed", func(t *testing.T) {
		emptied(t, outside)
		refreshed := func() int {
			database.Exec(t, outside, "refresh materialized view occupancy") // by the nightly job, on a connection of its own
			return database.Column[int](t, outside, "select taken from occupancy")[0]
		}

		tx := begin(t, conn)
		database.Exec(t, tx, "insert into bookings (name, seat) values ('Ada', 1)")
		if taken := refreshed(); taken != 0 {
			t.Errorf("before the commit, it counts %d", taken)
		}

		if err := tx.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
		if taken := refreshed(); taken != 1 {
			t.Errorf("after the commit, it counts %d", taken)
		}
	})
	// #endregion refresh

	// #region advisory
	t.Run("keeps an advisory lock of the session after a rollback", func(t *testing.T) {
		canLock := func() bool {
			return database.Column[bool](t, outside, "select pg_try_advisory_xact_lock(42)")[0]
		}

		tx := begin(t, conn)
		database.Exec(t, tx, "select pg_advisory_xact_lock(42)")
		tx.Rollback(t.Context())
		if !canLock() {
			t.Error("the lock of a transaction has outlived it")
		}

		tx = begin(t, conn)
		database.Exec(t, tx, "select pg_advisory_lock(42)")
		tx.Rollback(t.Context())
		if canLock() {
			t.Error("the lock of a session has ended with a transaction")
		}
	})
	// #endregion advisory
}

func emptied(t *testing.T, conn *pgx.Conn) {
	t.Helper()
	database.Exec(t, conn, "truncate bookings; refresh materialized view occupancy")
}

func begin(t *testing.T, conn *pgx.Conn) pgx.Tx {
	t.Helper()
	tx, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return tx
}
