import { spawnSync } from 'node:child_process';
import { installPackage } from './package-manager.ts';

/** Installs the sandbox tool where it is missing and this user may; otherwise the runner says what is missing. */
export function ensureBubblewrap(): void {
  if (spawnSync('bwrap', ['--version']).status === 0) return;
  installPackage('bubblewrap', 'which submissions run in');
}
