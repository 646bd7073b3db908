/** A problem as a page, for a person who opened an address in a browser. Needs neither the built site nor a script. */
import type { FastifyRequest } from 'fastify';
import type { Problem } from '../protocol.ts';
import { escapeHtml } from './escape-html.ts';

/** Whether a person asked rather than a program: for a page, and not of the API. */
export function isForPeople({ method, headers, originalUrl }: FastifyRequest): boolean {
  return method === 'GET' && (headers.accept ?? '').includes('text/html') && !originalUrl.startsWith('/api/');
}

export function problemPage({ title, detail, code, status }: Problem): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>
  body { max-width: 40rem; margin: 12vh auto; padding: 0 1.5rem 0 2rem; border-left: 3px solid light-dark(#1d46d2, #93aaff);
    font: 1.0625rem/1.6 system-ui, sans-serif; background: light-dark(#f6f8f6, #101514); color: light-dark(#14201d, #e7ece9) }
  a { color: light-dark(#1d46d2, #93aaff) }
</style>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(detail)}</p>
<p><a href="/">Start page</a>. <a href="/docs/errors/#${escapeHtml(code)}">More on this error</a> (${status}, ${escapeHtml(code)}).</p>
</html>
`;
}
