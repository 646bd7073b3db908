/**
 * The content security policy of the site: scripts of this origin, and the inline ones that the build wrote, each named by
 * its hash. A script that finds its way into a page by any other road does not run.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `root` is the folder that the site was built into; where there is none, no inline script is admitted. */
export function contentPolicy(root: string): string {
  return Object.entries({
    'default-src': "'self'",
    // The search is WebAssembly.
    'script-src': ["'self'", "'wasm-unsafe-eval'", ...inlineScriptHashes(root)].join(' '),
    // Monaco and the highlighter set styles in the page; styles cannot read or send anything past the rules below.
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data:",
    'object-src': "'none'",
    'base-uri': "'self'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
}

/** Hashes of every inline script in the pages below `root`, in the policy's notation, each once. */
function inlineScriptHashes(root: string): string[] {
  if (!existsSync(root)) return [];
  const pages = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.html'));
  const texts = pages.flatMap((page) => inlineScripts(readFileSync(join(root, page), 'utf8')));
  return [...new Set(texts)].sort().map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
}

/** The texts of a page's scripts that run and have no address. A block of data, such as JSON-LD, never runs. */
function inlineScripts(html: string): string[] {
  return [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script/gi)].flatMap(([, attributes = '', text = '']) => {
    const type = /\btype=["']?([^"'\s>]+)/i.exec(attributes)?.[1];
    const runs = type === undefined || type === 'module' || type === 'text/javascript';
    return runs && !/\bsrc\s*=/i.test(attributes) ? [text] : [];
  });
}
