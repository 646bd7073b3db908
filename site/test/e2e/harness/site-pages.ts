/** One address of each type of page. */
export const sitePages = [
  '/',
  '/lessons/',
  '/lessons/transactions-under-concurrency/',
  '/misconceptions/',
  '/misconceptions/in-memory-stand-in/',
  '/exercises/',
  '/exercises/user-repository/',
  '/review/',
  '/progress/',
  '/glossary/',
  '/in-production/',
  '/about/',
  '/docs/',
  '/docs/errors/',
  '/nowhere/',
];

/** The page for an address that leads nowhere is itself an answer of this status. */
export const statusOfNowhere = /status of 404/;
