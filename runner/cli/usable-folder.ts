import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';

/** Returns the folder, or the nearest above it that there is. Throws where this user could not make it or write in it. */
export function usableFolder(folder: string): string {
  const place = nearest(folder);
  accessSync(place, constants.R_OK | constants.W_OK | constants.X_OK);
  return place;
}

function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder));
}
