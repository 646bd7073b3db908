// Package usersapi is the application that the lesson on HTTP tests.
package usersapi

import (
	"database/sql"
	"encoding/json"
	"errors"
	"net/http"
	"net/mail"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"
)

// #region schemas
type newUser struct {
	Email *string `json:"email"`
	Name  *string `json:"name"`
}

type user struct {
	ID    string `json:"id"`
	Email string `json:"email"`
	Name  string `json:"name"`
}

// #endregion schemas

// #region app

// NewApp serves users from db. It listens to nothing; that is up to the caller.
func NewApp(db *sql.DB) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /users", func(w http.ResponseWriter, r *http.Request) {
		var body newUser
		decoder := json.NewDecoder(r.Body)
		decoder.DisallowUnknownFields()
		if decoder.Decode(&body) != nil || body.Name == nil || *body.Name == "" {
			answer(w, http.StatusBadRequest, map[string]string{"error": "invalid"})
			return
		}
		if body.Email == nil || !isAddress(*body.Email) {
			answer(w, http.StatusBadRequest, map[string]string{"error": "invalid", "field": "email"})
			return
		}
		var created user
		err := db.QueryRowContext(r.Context(),
			"insert into users (email, name) values ($1, $2) returning id, email, name",
			*body.Email, *body.Name).Scan(&created.ID, &created.Email, &created.Name)
		if err != nil {
			answerError(w, err)
			return
		}
		w.Header().Set("Location", "/users/"+created.ID)
		answer(w, http.StatusCreated, created)
	})
	mux.HandleFunc("GET /users/{id}", func(w http.ResponseWriter, r *http.Request) {
		id, err := uuid.Parse(r.PathValue("id"))
		if err != nil {
			answer(w, http.StatusBadRequest, map[string]string{"error": "invalid", "field": "id"})
			return
		}
		var found user
		err = db.QueryRowContext(r.Context(), "select id, email, name from users where id = $1", id).
			Scan(&found.ID, &found.Email, &found.Name)
		if err != nil {
			answerError(w, err)
			return
		}
		answer(w, http.StatusOK, found)
	})
	return mux
}

// #endregion app

// #region errors
func answerError(w http.ResponseWriter, err error) {
	var refused *pgconn.PgError
	switch {
	case errors.Is(err, sql.ErrNoRows):
		answer(w, http.StatusNotFound, map[string]string{"error": "not found"})
	case errors.As(err, &refused) && refused.Code == "23505" && refused.ConstraintName == "users_email_key":
		answer(w, http.StatusConflict, map[string]string{"error": "taken", "field": "email"})
	default:
		answer(w, http.StatusInternalServerError, map[string]string{"error": "internal"})
	}
}

// #endregion errors

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(body)
}

func isAddress(text string) bool {
	address, err := mail.ParseAddress(text)
	return err == nil && address.Address == text
}
