/** What a build is told by environment variables; `content/docs/configuration.md` lists them. */

/** Where `npm start` serves unless told otherwise. */
const local = 'http://127.0.0.1:4321';

/** The address under which the pages will be found, for what needs whole addresses: sitemap, feed, shared links. */
export function publicOrigin(environment = process.env): string {
  return origin('PUBLIC_ORIGIN', environment.PUBLIC_ORIGIN) ?? local;
}

/** The address of the folder in which the project's files can be edited; undefined where nobody should be led to one. */
export function editAddress(environment = process.env): string | undefined {
  const address = environment.EDIT_ADDRESS || undefined;
  if (address === undefined) return undefined;
  if (URL.canParse(address) && /^https?:/.test(address)) return address.replace(/\/*$/, '/');
  throw new Error(
    `EDIT_ADDRESS is “${address}”: an address such as https://github.com/you/boundary/edit/main is needed. Correct it or leave it out.`,
  );
}

function origin(name: string, value: string | undefined): string | undefined {
  if (!value) return undefined;
  if (URL.canParse(value) && /^https?:/.test(value)) return new URL(value).origin;
  throw new Error(
    `${name} is “${value}”: an origin such as https://learn.example.org is needed. Correct it or leave it out.`,
  );
}
