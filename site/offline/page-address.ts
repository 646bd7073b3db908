/** Which addresses are pages of the site, and not what the runner answers. */
export function isPage({ pathname }: URL): boolean {
  return !/^\/(api\/|(healthz|readyz|metrics|admin)\/?$)/.test(pathname);
}

/** The address that a page is kept under: whatever its query chooses, the page is one. */
export function pageKey(address: string): string {
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`;
}
