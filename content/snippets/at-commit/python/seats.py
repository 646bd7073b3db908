import psycopg

SCHEMA = """
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
create materialized view occupancy as select count(*)::int as taken from bookings;
"""


# #region swap
def swap_seats(connection: psycopg.Connection, one: str, other: str) -> None:
    """Gives each of two people the seat of the other."""

    def seat_of(name: str) -> int:
        return connection.execute("select seat from bookings where name = %s", [name]).fetchone()[0]

    connection.execute("update bookings set seat = %s where name = %s", [seat_of(other), one])
    connection.execute("update bookings set seat = %s where name = %s", [seat_of(one), other])
# #endregion swap
