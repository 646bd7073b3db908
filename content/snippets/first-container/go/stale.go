package users

import (
	"context"
	"database/sql"
)

// StaleRepository was written when the column was called full_name. The schema has moved on; see RunMigrations.
type StaleRepository struct{ DB *sql.DB }

// #region create
func (r StaleRepository) Create(ctx context.Context, email, name string) (User, error) {
	var user User
	err := r.DB.QueryRowContext(ctx,
		`insert into users (email, full_name) values ($1, $2)
		 returning id, email, full_name`,
		email, name).Scan(&user.ID, &user.Email, &user.Name)
	return user, err
}

// #endregion create
