package seats

import (
	"testing"

	database "boundary.test/snippets/database/go"
)

func TestMain(m *testing.M) { database.Main(m) }
