/** So much of a word has to be found; endings differ, and somebody who is still typing has not come to them. */
const enough = 3;

/**
 * Whether what Pagefind marked is what was asked for. Where no word of the index begins like one of the query, it goes on
 * with the beginning alone, and would find a page about `q` for “qqxzzyvv”.
 *
 * @param excerpt HTML in which what was found stands in `<mark>`
 */
export function isMeant(query: string, title: string, excerpt: string): boolean {
  const marked = [...excerpt.matchAll(/<mark>(.*?)<\/mark>/gs)].map(([, text = '']) => plain(text));
  if (marked.length === 0) return true;
  const found = [...marked, plain(title)];
  const asked = plain(query).match(/[\p{L}\p{N}]+/gu) ?? [];
  return asked.some((word) => found.some((text) => text.includes(word.slice(0, enough))));
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
