// Package users is what the lesson on a first container tests.
package users

import (
	"context"
	"database/sql"
	"errors"
)

type User struct{ ID, Email, Name string }

type Repository struct{ DB *sql.DB }

// Create fails with SQLSTATE 23505 when the e-mail address is taken.
func (r Repository) Create(ctx context.Context, email, name string) (User, error) {
	var user User
	err := r.DB.QueryRowContext(ctx,
		"insert into users (email, name) values ($1, $2) returning id, email, name",
		email, name).Scan(&user.ID, &user.Email, &user.Name)
	return user, err
}

// FindByID gives nil when no user has this id.
func (r Repository) FindByID(ctx context.Context, id string) (*User, error) {
	var user User
	err := r.DB.QueryRowContext(ctx, "select id, email, name from users where id = $1", id).
		Scan(&user.ID, &user.Email, &user.Name)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &user, err
}

// RunMigrations creates the schema that the application expects. It is safe to run again.
func RunMigrations(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, `
		create table if not exists users (
			id    uuid primary key default gen_random_uuid(),
			email text not null unique,
			name  text not null
		)`)
	return err
}
