import { posix } from 'node:path';

/**
 * Which files of a snippets folder the project’s tests run: its tests, and the modules that they import, directly or through
 * others. In Go a package is compiled whole, so that one test is enough for all files of its folder.
 *
 * @param files path below the folder → text
 */
export function testedSources(files: Readonly<Record<string, string>>): Set<string> {
  const paths = Object.keys(files);
  const tested = new Set<string>();
  const queue = paths.filter((path) => isTest(path));
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (tested.has(path)) continue;
    tested.add(path);
    const folder = posix.dirname(path);
    const here = paths.filter((other) => posix.dirname(other) === folder);
    if (path.endsWith('.go')) queue.push(...here.filter((other) => other.endsWith('.go')));
    if (path.endsWith('.py')) queue.push(...here.filter((other) => importsPython(files[path] ?? '', other)));
    for (const [, wanted = ''] of (files[path] ?? '').matchAll(/(?:\bfrom|\bimport\(?)\s*['"](\.{1,2}\/[^'"]+)['"]/g)) {
      const target = posix.join(folder, wanted);
      queue.push(...[target, `${target}.ts`, `${target}.js`].filter((candidate) => candidate in files));
    }
  }
  return tested;
}

/** A test as its language’s runner finds it. pytest loads `conftest.py` for the tests beside it. */
function isTest(path: string): boolean {
  return /\.test\.ts$|_test\.go$|(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py$/.test(path);
}

function importsPython(source: string, path: string): boolean {
  if (!path.endsWith('.py')) return false;
  const name = posix.basename(path, '.py');
  return new RegExp(`^\\s*(from\\s+\\.?${name}\\s+import|import\\s+${name}\\b)`, 'm').test(source);
}
