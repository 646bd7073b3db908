/** Where the pages of each collection are made from, by the first part of their address. */
const collections = {
  lessons: 'content/lessons/',
  misconceptions: 'content/misconceptions/',
  exercises: 'exercises/',
  docs: 'content/docs/',
};
type Collection = keyof typeof collections;

const LINK = /\]\((\/[^)\s]*)|\bhref="(\/[^"]*)"/g;

/**
 * Finds links to lessons, misconceptions, exercises and docs that do not exist. Only the address is looked at here; what
 * follows “#” is checked in the built pages.
 *
 * @param body Markdown, without its frontmatter
 * @param known the slugs of each collection
 */
export function checkLinks(
  where: string,
  body: string | undefined,
  known: Readonly<Record<Collection, ReadonlySet<string>>>,
): string[] {
  return (body ?? '').split('\n').flatMap((line, index) =>
    [...line.matchAll(LINK)].flatMap(([, markdown, html]) => {
      const link = markdown ?? html ?? '';
      const [, folder = '', slug = ''] = /^\/([a-z]+)\/([^/#?]+)/.exec(link) ?? [];
      if (!isCollection(folder) || known[folder].has(slug)) return [];
      const choice = [...known[folder]].sort().join(', ');
      return [
        `${where}: the link ${link} on line ${index + 1} of the text below the frontmatter leads nowhere: “${slug}” is not in ${collections[folder]}. Correct it (${choice || 'there is nothing yet'}) or add the page.`,
      ];
    }),
  );
}

function isCollection(folder: string): folder is Collection {
  return folder in collections;
}
