package bank

import (
	"context"
	"fmt"
	"testing"
)

// #region collision
func TestWrongLossyWithdrawal(t *testing.T) {
	pool := newPool(t)
	account := openAccount(t, pool, 100)
	call := func(ctx context.Context) error { return WithdrawLossy(ctx, pool, account, 80) }

	ended := collide(t, pool, fmt.Sprintf("select from accounts where id = %d for update", account), call, call)

	if paid, refused := split(ended); paid != 1 || len(refused) != 1 {
		t.Errorf("paid %d times", paid) // 2
	}
}

// #endregion collision
