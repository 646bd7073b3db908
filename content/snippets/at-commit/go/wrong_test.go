package seats

import (
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"

	database "boundary.test/snippets/database/go"
)

// #region committed
func TestWrongCommittedSwap(t *testing.T) {
	conn := database.Connect(t, database.New(t, schema))
	database.Exec(t, conn, "insert into bookings (name, seat) values ('Ada', 1), ('Ben', 2)")

	err := pgx.BeginFunc(t.Context(), conn, func(tx pgx.Tx) error {
		return SwapSeats(t.Context(), tx, "Ada", "Ben")
	})
	if err != nil {
		// The commit was refused: duplicate key value violates unique constraint "one_seat_each"
		t.Fatal(err)
	}

	names := database.Column[string](t, conn, "select name from bookings order by seat")
	if !slices.Equal(names, []string{"Ben", "Ada"}) {
		t.Errorf("got %v, want Ben in seat 1 and Ada in seat 2", names)
	}
}

// #endregion committed
