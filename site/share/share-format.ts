export type ShareImage = { kind: string; title: string; description: string };

/** In pixels: the shape that readers of Open Graph crop least. */
export const shareSize = { width: 1200, height: 630 };

/** Where the picture of the page at `pathname` lies. */
export function shareImagePath(pathname: string): string {
  return `/share/${pathname.replace(/^\/|\/$/g, '') || 'index'}.png`;
}
