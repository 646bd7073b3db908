/** The secret that signs cookies: given by the operator, or made once and kept. */
import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { ServiceError } from '../errors.ts';

const leastCharacters = 32;

/** Throws {@link ServiceError} `data-dir-unusable` where the secret can be neither read nor kept. */
export function cookieSecretFor({ cookieSecret, dataDir }: Pick<Config, 'cookieSecret' | 'dataDir'>): string {
  if (cookieSecret !== undefined) return cookieSecret;
  const file = join(dataDir, 'cookie-secret');
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    writeFileSync(draft, randomBytes(48).toString('base64url'), { mode: 0o600 });
    try {
      // A link is made whole or not at all, and never over an older secret.
      linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft, { force: true });
    }
    const secret = readFileSync(file, 'utf8').trim();
    // What a full disk or a bad copy left of it would sign cookies that anybody can make.
    if (secret.length >= leastCharacters) return secret;
    throw new Error('its file cookie-secret is empty or cut off; restore it from a backup, or delete it for a new one');
  } catch (cause) {
    throw new ServiceError('data-dir-unusable', { dataDir, reason: (cause as Error).message }, { cause });
  }
}
