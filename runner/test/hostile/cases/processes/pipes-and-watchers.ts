// outcome: failed timed-out process-limit memory-limit
// reason-of-test: EMFILE|ENOSPC|EAGAIN

import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { test } from 'vitest';

test('opens pipes and watches files', async () => {
  for (;;) {
    watch('/tmp', () => {});
    spawn('cat').on('error', (error) => {
      throw error;
    });
  }
});
