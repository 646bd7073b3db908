/** Which addresses are pages of the site, and not what the runner answers, in whatever way they are written. */
export function isPage({ pathname }: URL): boolean {
  const path = decoded(pathname);
  return path !== undefined && !/^\/(api\/|(healthz|readyz|metrics|admin)\/?$)/.test(path);
}

/** As the runner reads it; undefined where it cannot be read. */
function decoded(pathname: string): string | undefined {
  try {
    return decodeURI(pathname);
  } catch {
    return undefined;
  }
}

/** The address that a page is kept under: whatever its query chooses, the page is one. */
export function pageKey(address: string): string {
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`;
}
