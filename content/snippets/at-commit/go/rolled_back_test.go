package seats

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	database "boundary.test/snippets/database/go"
)

func TestRolledBack(t *testing.T) {
	conn := database.Connect(t, database.New(t, schema))

	// #region rolled-back
	t.Run("gives one person the seat of the other", func(t *testing.T) {
		tx := rolledBack(t, conn)
		database.Exec(t, tx, "insert into bookings (name, seat) values ('Ada', 1), ('Ben', 2)")

		if err := SwapSeats(t.Context(), tx, "Ada", "Ben"); err != nil {
			t.Fatal(err)
		}

		seats := database.Column[int](t, tx, "select seat from bookings where name = 'Ada'")
		if !slices.Equal(seats, []int{2}) {
			t.Errorf("got %v, want seat 2", seats)
		}
	})
	// #endregion rolled-back

	// #region immediate
	t.Run("asks deferred constraints before it rolls back", func(t *testing.T) {
		tx := rolledBack(t, conn)
		database.Exec(t, tx, "insert into bookings (name, seat) values ('Ada', 1), ('Ben', 2)")

		if err := SwapSeats(t.Context(), tx, "Ada", "Ben"); err != nil {
			t.Fatal(err)
		}

		_, err := tx.Exec(t.Context(), "set constraints all immediate")
		if database.Code(err) != "23505" {
			t.Errorf("got %v, want a unique violation", err)
		}
	})
	// #endregion immediate

	// #region frozen
	t.Run("stops the clock of the database", func(t *testing.T) {
		tx := rolledBack(t, conn)
		ask := func() (now, real time.Time) {
			if err := tx.QueryRow(t.Context(), "select now(), clock_timestamp()").Scan(&now, &real); err != nil {
				t.Fatal(err)
			}
			return now, real
		}

		first, firstReal := ask()
		later, laterReal := ask()

		if !later.Equal(first) || laterReal.Before(firstReal) {
			t.Errorf("got %v, then %v; in reality %v, then %v", first, later, firstReal, laterReal)
		}
	})
	// #endregion frozen

	// #region refused
	t.Run("cannot run what PostgreSQL refuses inside a transaction", func(t *testing.T) {
		_, err := rolledBack(t, conn).Exec(t.Context(), "create index concurrently on bookings (name)")
		if database.Code(err) != "25001" {
			t.Errorf("got %v, want an active SQL transaction", err)
		}
	})
	// #endregion refused

	t.Run("none of them has left anything", func(t *testing.T) {
		if names := database.Column[string](t, conn, "select name from bookings"); len(names) > 0 {
			t.Errorf("got %v", names)
		}
	})
}

// rolledBack gives a test a transaction of its own and takes it back at the test's end, also when it fails.
func rolledBack(t *testing.T, conn *pgx.Conn) pgx.Tx {
	t.Helper()
	tx, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		// The test's own context is cancelled by now.
		if err := tx.Rollback(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return tx
}
