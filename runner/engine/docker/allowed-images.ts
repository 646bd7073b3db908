/** A reference taken apart, with the registry and the folder that Docker adds written out. */
type Reference = { repository: string; tag: string | undefined; digest: string | undefined };

const form = /^(?<name>[\w.:/-]{1,255}?)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;
const registryForm = /^[a-zA-Z0-9][a-zA-Z0-9.-]*(:[0-9]{1,5})?$/;
const folderForm = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const usualRegistry = 'docker.io';

/**
 * Reads a reference by Docker's own grammar. Whatever it does not allow is undefined: a reference becomes a part of
 * addresses in the daemon, and must not lead to others.
 */
function readReference(text: string): Reference | undefined {
  const { name = '', tag, digest } = form.exec(text)?.groups ?? {};
  const parts = name.split('/');
  const [first = ''] = parts;
  const named = parts.length > 1 && (/[.:]/.test(first) || first === 'localhost');
  const registry = named ? first.replace(/^index\.docker\.io$/, usualRegistry) : usualRegistry;
  const folders = named ? parts.slice(1) : parts;
  if (!registryForm.test(registry) || !folders.every((folder) => folderForm.test(folder))) return undefined;
  const below = registry === usualRegistry && folders.length === 1 ? 'library/' : '';
  return { repository: `${registry}/${below}${folders.join('/')}`, tag, digest };
}

/**
 * Whether a list has a reference: by its repository alone, with its tag, or with its digest. Docker forgets a tag that
 * stands before a digest, so an entry with a tag lets no digest through.
 */
export function isOnList(list: readonly string[], text: string): boolean {
  const wanted = readReference(text);
  if (!wanted) return false;
  return list.some((entry) => {
    const own = readReference(entry);
    if (own?.repository !== wanted.repository) return false;
    if (own.digest) return own.digest === wanted.digest;
    return !own.tag || (own.tag === (wanted.tag ?? 'latest') && !wanted.digest);
  });
}

/** A reference without a tag stands for one tag, not for all of them. */
export function withTag(text: string): string {
  const { tag, digest } = readReference(text) ?? {};
  return tag || digest ? text : `${text}:latest`;
}
