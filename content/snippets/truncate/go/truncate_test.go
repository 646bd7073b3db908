package shop

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	database "boundary.test/snippets/database/go"
)

func TestMain(m *testing.M) { database.Main(m) }

func TestLeftover(t *testing.T) {
	conn := database.Connect(t, database.New(t, schema))

	// #region by-list
	clean := func(t *testing.T) {
		database.Exec(t, conn, `delete from "order"`)
		database.Exec(t, conn, "delete from accounts")
	}

	t.Run("records an account that its owner closes", func(t *testing.T) {
		clean(t)
		openAccount(t, conn, "ada@example.com")
		if err := CloseAccount(t.Context(), conn, "ada@example.com"); err != nil {
			t.Fatal(err)
		}

		if actions := actionsOn(t, conn, "ada@example.com"); !slices.Equal(actions, []string{"closed"}) {
			t.Errorf("got %v", actions)
		}
	})

	t.Run("records an account that the nightly job closes", func(t *testing.T) {
		clean(t)
		openAccount(t, conn, "ada@example.com")
		if err := CloseUnused(t.Context(), conn); err != nil {
			t.Fatal(err)
		}

		if actions := actionsOn(t, conn, "ada@example.com"); !slices.Equal(actions, []string{"closed"}) {
			t.Errorf("got %v", actions)
		}
	})
	// #endregion by-list
}

// #region hooks

// connectClean is the first line of each test. The guard comes before the first statement that changes anything.
func connectClean(t *testing.T, address string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	if err := AssertTestDatabase(conn); err != nil {
		t.Fatal(err)
	}
	if err := EmptyTables(t.Context(), conn, "5s", "schema_migrations", "plans"); err != nil {
		t.Fatal(err)
	}
	return conn
}

// #endregion hooks

func TestEmptyTables(t *testing.T) {
	address := database.New(t, schema)

	// #region proof
	t.Run("empties what tests have filled, and keeps what migrations have", func(t *testing.T) {
		conn := connectClean(t, address)
		ada := openAccount(t, conn, "ada@example.com")
		placeOrder(t, conn, ada, 1990)

		if err := EmptyTables(t.Context(), conn, "5s", "schema_migrations", "plans"); err != nil {
			t.Fatal(err)
		}

		for table, want := range map[string]int{"accounts": 0, `"order"`: 0, "schema_migrations": 1, "plans": 2} {
			if rows := count(t, conn, table); rows != want {
				t.Errorf("%s holds %d rows, want %d", table, rows, want)
			}
		}
	})
	// #endregion proof

	// #region together
	t.Run("is refused for a table that another one refers to, unless both are named", func(t *testing.T) {
		conn := connectClean(t, address)

		if _, err := conn.Exec(t.Context(), "truncate accounts"); database.Code(err) != "0A000" {
			t.Errorf("got %v", err)
		}

		database.Exec(t, conn, `truncate accounts, "order"`)
	})
	// #endregion together

	// #region cascade
	t.Run("cascades into tables that nobody named", func(t *testing.T) {
		conn := connectClean(t, address)
		database.Exec(t, conn, `
			create table staff (id integer primary key, name text);
			create table countries (code text primary key, edited_by integer references staff);
			insert into countries values ('AT', null), ('NZ', null)`)

		database.Exec(t, conn, "truncate staff cascade")

		if rows := count(t, conn, "countries"); rows != 0 { // although no country had an editor
			t.Errorf("%d countries are left", rows)
		}
	})
	// #endregion cascade

	// #region same-id
	t.Run("cancels an order", func(t *testing.T) {
		conn := connectClean(t, address)
		ada := openAccount(t, conn, "ada@example.com") // 1
		order := placeOrder(t, conn, ada, 1990)        // 1

		if err := CancelOrder(t.Context(), conn, ada, order); err != nil {
			t.Fatal(err)
		}

		if rows := count(t, conn, `"order"`); rows != 0 {
			t.Errorf("%d orders are left", rows)
		}
	})
	// #endregion same-id

	// #region leaked
	t.Run("says so, rather than hang, when somebody still holds a table", func(t *testing.T) {
		conn, leaked := connectClean(t, address), database.Connect(t, address)
		tx, err := leaked.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		database.Exec(t, tx, "select from accounts") // reading is enough

		if err := EmptyTables(t.Context(), conn, "50ms"); database.Code(err) != "55P03" {
			t.Errorf("got %v", err)
		}
	})
	// #endregion leaked

	t.Run("refuses a database that is not for tests", func(t *testing.T) {
		config := database.Connect(t, address).Config()
		config.Database = "postgres"
		wrong, err := pgx.ConnectConfig(t.Context(), config)
		if err != nil {
			t.Fatal(err)
		}
		defer wrong.Close(t.Context())

		if err := AssertTestDatabase(wrong); err == nil || !strings.Contains(err.Error(), "no test database") {
			t.Errorf("got %v", err)
		}
	})
}

func openAccount(t *testing.T, conn *pgx.Conn, email string) int {
	t.Helper()
	account, err := OpenAccount(t.Context(), conn, email)
	if err != nil {
		t.Fatal(err)
	}
	return account
}

func placeOrder(t *testing.T, conn *pgx.Conn, account, total int) int {
	t.Helper()
	order, err := PlaceOrder(t.Context(), conn, account, total)
	if err != nil {
		t.Fatal(err)
	}
	return order
}

func actionsOn(t *testing.T, conn *pgx.Conn, email string) []string {
	t.Helper()
	return database.Column[string](t, conn, "select action from audit_log where email = $1", email)
}

func count(t *testing.T, conn *pgx.Conn, table string) int {
	t.Helper()
	return database.Column[int](t, conn, "select count(*) from "+table)[0]
}
