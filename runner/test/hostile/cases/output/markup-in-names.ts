// outcome: failed

import { test } from 'vitest';

test('</script><script>globalThis.stolen = 1</script>', () => {
  throw new Error('<img src=x onerror=alert(1)> \u001b[2J\u001b]0;title\u0007 \u202e\u0000');
});
