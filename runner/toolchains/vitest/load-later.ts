/** What Testcontainers loads at once and most tests never use: two thirds of what loading it costs. */
import type { Plugin } from 'rolldown';

/** For files of packages: what they require that is to be loaded when it is first used. */
const seldom: Readonly<Record<string, readonly string[]>> = {
  // Daemons on other machines, and ports of this one that a container asks for: SSH.
  'docker-modem/lib/modem.js': ['./ssh'],
  'testcontainers/build/port-forwarder/port-forwarder.js': ['ssh-remote-port-forward'],
  // Images built by BuildKit: gRPC and Protocol Buffers.
  'dockerode/lib/docker.js': ['./session'],
  'testcontainers/build/wait-strategies/http-wait-strategy.js': ['undici'],
  // Copying files into a container.
  'testcontainers/build/generic-container/generic-container.js': ['archiver'],
  'testcontainers/build/generic-container/started-generic-container.js': ['archiver'],
  // The lock of Ryuk's, which has no part in a sandbox.
  'testcontainers/build/common/file-lock.js': ['proper-lockfile', 'tmp'],
};

/** Stands for a module: a property or a call of it loads it. Declared at the end of a file, so that no line moves. */
const later = `
function __later(load) {
  return new Proxy(function () {}, {
    get: (_, name) => load()[name],
    has: (_, name) => name in load(),
    apply: (_, self, values) => Reflect.apply(load(), self, values),
    construct: (_, values) => Reflect.construct(load(), values),
  });
}`;

/** Fails where a file does not require what it is said to: another version of it may have other habits. */
export function loadLater(): Plugin {
  const unseen = new Set(Object.keys(seldom));
  return {
    name: 'load-later',
    transform(code, id) {
      const file = Object.keys(seldom).find((path) => id.endsWith(`/node_modules/${path}`));
      if (file === undefined) return null;
      unseen.delete(file);
      return (seldom[file] ?? []).reduce((text, request) => whenUsed(text, request, file), code) + later;
    },
    buildEnd(error) {
      if (!error && unseen.size > 0)
        throw new Error(`${[...unseen].join(', ')}: not a part of Testcontainers any more`);
    },
  };
}

function whenUsed(code: string, request: string, file: string): string {
  const call = `require\\((['"])${RegExp.escape(request)}\\1\\)`;
  const module = `__later(() => require('${request}'))`;
  const changed = code
    // What TypeScript writes asks the module at once whether it has a default.
    .replace(new RegExp(`__importDefault\\(${call}\\)`), `({ default: ${module} })`)
    .replace(new RegExp(`(?<!=> )${call}`), module);
  if (changed === code) throw new Error(`${file} does not require ${request} any more`);
  return changed;
}
