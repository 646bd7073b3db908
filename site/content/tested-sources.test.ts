import { expect, it } from 'vitest';
import { testedSources } from './tested-sources.ts';

it('counts tests and all that they import, and nothing that merely lies beside them', () => {
  const tested = testedSources({
    'users.test.ts': "import { UserRepository } from './user-repository';",
    'user-repository.ts': "import { inTransaction } from './db/in-transaction';",
    'db/in-transaction.ts': '',
    'forgotten.ts': "import { UserRepository } from './user-repository';",
    'test_users.py': 'from users import Users',
    'users.py': '',
    'orders.py': '',
    'go/users_test.go': 'package users',
    'go/users.go': 'package users',
    'other/other.go': 'package other',
  });
  expect([...tested].sort()).toEqual([
    'db/in-transaction.ts',
    'go/users.go',
    'go/users_test.go',
    'test_users.py',
    'user-repository.ts',
    'users.py',
    'users.test.ts',
  ]);
});
