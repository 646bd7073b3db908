package users

import "testing"

// #region real
func TestWrongStaleCreate(t *testing.T) {
	users := StaleRepository{DB: startDatabase(t)}

	// ERROR: column "full_name" of relation "users" does not exist (SQLSTATE 42703)
	user, err := users.Create(t.Context(), "ada@example.com", "Ada")

	if err != nil || user.Name != "Ada" {
		t.Errorf("got %v, %v", user, err)
	}
}

// #endregion real
