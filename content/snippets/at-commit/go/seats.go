// Package seats is what the lesson on the limits of rolling back tests.
package seats

import (
	"context"

	"github.com/jackc/pgx/v5"
)

const schema = `
	create table bookings (
		id    integer generated always as identity primary key,
		name  text not null,
		seat  integer not null,
		constraint one_seat_each unique (seat) deferrable initially deferred
	);
	create function announce() returns trigger language plpgsql as $$
	begin
		perform pg_notify('booked', new.name);
		return null;
	end $$;
	create trigger announce after insert on bookings for each row execute function announce();
	create materialized view occupancy as select count(*)::int as taken from bookings`

// #region swap

// SwapSeats gives each of two people the seat of the other.
func SwapSeats(ctx context.Context, tx pgx.Tx, one, other string) error {
	if err := takeSeatOf(ctx, tx, one, other); err != nil {
		return err
	}
	return takeSeatOf(ctx, tx, other, one)
}

func takeSeatOf(ctx context.Context, tx pgx.Tx, name, from string) error {
	var seat int
	if err := tx.QueryRow(ctx, "select seat from bookings where name = $1", from).Scan(&seat); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, "update bookings set seat = $1 where name = $2", seat, name)
	return err
}

// #endregion swap
