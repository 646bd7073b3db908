import { existsSync, readdirSync } from 'node:fs';

/** What the runner keeps in its data folder, drafts and what was set aside included; and what a new disk has by itself. */
const ours = /^(postgres|cookie-secret|runner\.lock)(\..+)?$|^lost\+found$/;

/** Names of what else lies in a data folder. Root is about to give all of it away, and it may be `/srv`. */
export function strangersIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => !ours.test(name)) : [];
}
