type Candidate = { href: string; title: string };

/** Says which page was probably meant by an address that leads nowhere, if any comes near it. */
export function suggestPages(place: HTMLElement, asked: string): void {
  const pages = JSON.parse(place.dataset.pages ?? '[]') as Candidate[];
  const [best] = nearest(asked, pages);
  if (!best) return;
  const link = document.createElement('a');
  link.href = best.href;
  link.textContent = best.title;
  place.append('Did you mean ', link, '?');
}

/** Pages whose address has much in common with `asked`, the likeliest first. */
export function nearest(asked: string, pages: readonly Candidate[]): Candidate[] {
  return pages
    .map((page) => ({ page, likeness: likeness(asked, page.href) }))
    .filter(({ likeness }) => likeness >= 0.5)
    .sort((a, b) => b.likeness - a.likeness)
    .map(({ page }) => page);
}

/** Share of letter pairs that both have, from 0 to 1 (Sørensen–Dice), by the last part of each address. */
function likeness(a: string, b: string): number {
  const [one, two] = [pairs(a), pairs(b)];
  if (one.size === 0 || two.size === 0) return 0;
  return (2 * [...one].filter((pair) => two.has(pair)).length) / (one.size + two.size);
}

function pairs(address: string): Set<string> {
  const word =
    address
      .toLowerCase()
      .split('/')
      .filter(Boolean)
      .at(-1)
      ?.replace(/\.html?$/, '') ?? '';
  return new Set(Array.from({ length: Math.max(0, word.length - 1) }, (_, at) => word.slice(at, at + 2)));
}
