import { existsSync } from 'node:fs';
import { installPackage } from './package-manager.ts';

/** Installs what the tests of Redis start, where it is missing and this user may; otherwise those tests are skipped. */
export function ensureRedis(): void {
  if (existsSync('/usr/bin/redis-check-rdb') || existsSync('/usr/bin/valkey-server')) return;
  // Debian's tools bring the server without a service that starts by itself.
  if (existsSync('/usr/bin/apt-get')) installPackage('redis-tools', 'which the tests of Redis containers start');
}
