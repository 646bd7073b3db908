package usersapi

import (
	"database/sql"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/modules/postgres"
)

// #region setup
func startDatabase(t *testing.T) *sql.DB {
	t.Helper()
	container, err := postgres.Run(t.Context(), "postgres:16-alpine", postgres.BasicWaitStrategies())
	testcontainers.CleanupContainer(t, container)
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("pgx", container.MustConnectionString(t.Context(), "sslmode=disable"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// send runs one request through the whole application, in this process, without a port.
func send(app http.Handler, method, url, body string) (*httptest.ResponseRecorder, map[string]any) {
	response := httptest.NewRecorder()
	app.ServeHTTP(response, httptest.NewRequest(method, url, strings.NewReader(body)))
	var decoded map[string]any
	json.Unmarshal(response.Body.Bytes(), &decoded)
	return response, decoded
}

// #endregion setup

func TestUsers(t *testing.T) {
	db := startDatabase(t)

	// #region internal
	t.Run("keeps to itself what went wrong inside", func(t *testing.T) {
		// The migrations have not run yet: each statement fails with “relation "users" does not exist”.
		response, body := send(NewApp(db), "GET", "/users/"+uuid.NewString(), "")

		if response.Code != 500 || !reflect.DeepEqual(body, map[string]any{"error": "internal"}) {
			t.Errorf("got %d %v", response.Code, body)
		}
	})
	// #endregion internal

	if _, err := db.ExecContext(t.Context(), `
		create table users (
			id        uuid primary key default gen_random_uuid(),
			email     text not null unique,
			name      text not null,
			is_admin  boolean not null default false,
			api_token uuid not null default gen_random_uuid()
		)`); err != nil {
		t.Fatal(err)
	}
	app := NewApp(db)

	// #region created
	t.Run("creates a user, says where it is, and gives it back from there", func(t *testing.T) {
		created, body := send(app, "POST", "/users", `{"email":"ada@example.com","name":"Ada"}`)

		want := map[string]any{"id": body["id"], "email": "ada@example.com", "name": "Ada"}
		if created.Code != 201 || !reflect.DeepEqual(body, want) {
			t.Fatalf("got %d %v, want 201 %v", created.Code, body, want)
		}
		found, again := send(app, "GET", created.Header().Get("Location"), "")
		if found.Code != 200 || !reflect.DeepEqual(again, want) {
			t.Errorf("got %d %v, want 200 %v", found.Code, again, want)
		}
	})
	// #endregion created

	// #region invalid
	for name, body := range map[string]string{
		"no address":                        `{"name":"Ben"}`,
		"an address that is none":           `{"email":"ben","name":"Ben"}`,
		"an empty name":                     `{"email":"ben@example.com","name":""}`,
		"a number as name":                  `{"email":"ben@example.com","name":7}`,
		"a field that is not theirs to set": `{"email":"ben@example.com","name":"Ben","is_admin":true}`,
	} {
		t.Run(name+": 400, and nothing stored", func(t *testing.T) {
			response, _ := send(app, "POST", "/users", body)

			var stored int
			err := db.QueryRowContext(t.Context(),
				"select count(*) from users where name = 'Ben' or email like 'ben%'").Scan(&stored)
			if response.Code != 400 || err != nil || stored != 0 {
				t.Errorf("got %d, and %d rows, %v", response.Code, stored, err)
			}
		})
	}
	// #endregion invalid

	// #region duplicate
	t.Run("answers 409 to one of two who want the same address at once", func(t *testing.T) {
		names := []string{"Eve", "Eva"}
		codes := make([]int, 2)
		var both sync.WaitGroup
		for i, name := range names {
			both.Go(func() {
				response, _ := send(app, "POST", "/users", `{"email":"eve@example.com","name":"`+name+`"}`)
				codes[i] = response.Code
			})
		}
		both.Wait()

		winner := slices.Index(codes, 201)
		if winner == -1 || codes[1-winner] != 409 {
			t.Fatalf("got %v, want one 201 and one 409", codes)
		}
		var stored string
		err := db.QueryRowContext(t.Context(),
			"select name from users where email = 'eve@example.com'").Scan(&stored)
		if err != nil || stored != names[winner] {
			t.Errorf("%s is stored, %v; %s was told 201", stored, err, names[winner])
		}
	})
	// #endregion duplicate

	// #region absent
	t.Run("tells an absent id from one that is none", func(t *testing.T) {
		for id, status := range map[string]int{uuid.NewString(): 404, "ada": 400} {
			if response, _ := send(app, "GET", "/users/"+id, ""); response.Code != status {
				t.Errorf("%s: got %d, want %d", id, response.Code, status)
			}
		}
	})
	// #endregion absent
}
