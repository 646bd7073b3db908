/** Which answers may be kept: what is kept is shown for months, also to whoever uses the browser next. */

/** A page of this site: an error, a redirect, or what the runner tells one learner must not take its place. */
export function isSoundPage(response: Response): boolean {
  return isWhole(response) && isHtml(response);
}

/** A file that a page loads. A page in its place is somebody's on the way, such as a network's that asks to sign in. */
export function isSoundFile(response: Response): boolean {
  return isWhole(response) && !isHtml(response);
}

function isWhole({ status, redirected, headers }: Response): boolean {
  return status === 200 && !redirected && !/no-store|private/i.test(headers.get('cache-control') ?? '');
}

function isHtml({ headers }: Response): boolean {
  return (headers.get('content-type') ?? '').startsWith('text/html');
}
