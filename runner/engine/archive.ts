import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { Container } from './container.ts';
import { EngineError } from './errors.ts';

/** Bytes of one archive that is put in; what comes of it is bounded by the container's own file systems. */
const maxArchiveBytes = 256 << 20;
const maxComplaintBytes = 4096;
/** An exit code that tar does not use. */
const noFolder = 98;
const gzipMagic = Buffer.from([0x1f, 0x8b]);
/** `tar` and `stat` run in the container, with its rights and in its file system: whatever an archive holds stays there. */
const programs = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' };

/** Docker's description of a path, which goes before an archive of it. */
export type PathStat = { name: string; size: number; mode: number; mtime: string; linkTarget: string };

/** Unpacks a tar archive, gzipped or not, below a folder of the container. Throws {@link EngineError} in words for a learner. */
export async function putArchive(container: Container, folder: string, archive: Readable): Promise<void> {
  const agent = await container.files();
  const chunks = archive.iterator({ destroyOnReturn: false });
  const first = await firstBytes(chunks);
  const flags = first.subarray(0, 2).equals(gzipMagic) ? '-xzpo' : '-xpo';
  const unpack = `cd "$1" || exit ${noFolder}; exec tar ${flags} --no-overwrite-dir -f -`;
  const command = ['sh', '-c', unpack, 'sh', folder];
  const { stream, exitCode } = await agent.exec(command, programs, '/', { input: true });
  const complaint = beginning(stream);
  try {
    await pipeline(bounded(first, chunks), stream, { end: false });
  } catch (error) {
    if (error instanceof EngineError) {
      stream.destroy();
      throw error;
    }
    // Otherwise tar has ended early, and says why.
  }
  stream.end();
  const [code, said] = await Promise.all([exitCode, complaint]);
  if (code !== 0) throw refusal(code, said, folder, container);
}

/** The description of a path, or {@link EngineError} 404. */
export async function statOf(container: Container, path: string): Promise<PathStat> {
  const agent = await container.files();
  const command = ['stat', '--printf', '%s\\n%f\\n%Y\\n%N', path];
  const { stream, exitCode } = await agent.exec(command, programs, '/', { raw: true });
  const [size = '', mode = '', seconds = '', quoted = ''] = (await text(stream)).split('\n');
  if ((await exitCode) !== 0) {
    throw new EngineError(404, `Could not find the file ${path} in container ${container.id}`);
  }
  const name = path.replace(/\/+$/, '').split('/').at(-1) || '/';
  return {
    name,
    size: Number(size),
    mode: goMode(Number.parseInt(mode, 16)),
    mtime: new Date(Number(seconds) * 1000).toISOString(),
    linkTarget: / -> '(.*)'$/.exec(quoted)?.[1] ?? '',
  };
}

/** A tar archive of a file or a folder, which stands in it under its own name. */
export async function getArchive(container: Container, path: string): Promise<Readable> {
  const agent = await container.files();
  const trimmed = path.replace(/\/+$/, '');
  const cut = trimmed.lastIndexOf('/');
  const [folder, name] = trimmed === '' ? ['/', '.'] : [trimmed.slice(0, cut) || '/', trimmed.slice(cut + 1)];
  const command = ['tar', '-cf', '-', '-C', folder, '--', name];
  const { stream, exitCode } = await agent.exec(command, programs, '/', { raw: true });
  exitCode.catch(() => undefined);
  return stream;
}

async function firstBytes(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  let bytes = Buffer.alloc(0);
  while (bytes.length < gzipMagic.length) {
    const { value, done } = await chunks.next();
    if (done) break;
    bytes = Buffer.concat([bytes, value]);
  }
  return bytes;
}

async function* bounded(first: Buffer, rest: AsyncIterableIterator<Buffer>): AsyncGenerator<Buffer> {
  let bytes = first.length;
  yield first;
  for await (const chunk of rest) {
    bytes += chunk.length;
    if (bytes > maxArchiveBytes) throw new EngineError(413, `The archive is over ${maxArchiveBytes >> 20} MiB.`);
    yield chunk;
  }
}

/** What a program says first; all of it is read, so that it is not held up. */
async function beginning(stream: Readable): Promise<string> {
  let said = '';
  stream.on('data', (chunk: Buffer) => {
    if (said.length < maxComplaintBytes) said += chunk.toString('latin1');
  });
  stream.on('error', () => undefined);
  await once(stream, 'close').catch(() => undefined);
  return said;
}

function refusal(code: number, complaint: string, folder: string, container: Container): EngineError {
  // Frames of the multiplexed stream have a head of bytes that no message has.
  const said = complaint.replace(/[^\x20-\x7e\n]/g, '').trim();
  if (code === noFolder) {
    return new EngineError(404, `Could not find the file ${folder} in container ${container.id}`);
  }
  // Where a file stands that cannot be replaced, tar says that it exists.
  if (/Read-only file system|Cannot open: File exists/.test(said)) {
    return new EngineError(
      403,
      `${folder} cannot be written to in this container: programs below /usr, and the files that the engine keeps, are the host's. Choose another folder, such as /tmp, /opt or /data. (${said})`,
    );
  }
  if (said.includes('No space left')) {
    return new EngineError(413, `The files do not fit: each writable folder of a container has a limit. (${said})`);
  }
  return new EngineError(400, `The archive cannot be unpacked: ${said.slice(0, 500)}`);
}

/** A Unix mode as Go's `FileMode` has it, which is how Docker tells it. */
function goMode(mode: number): number {
  const kind = mode & 0o170000;
  const [folder, link] = [0o040000, 0o120000];
  const bits = kind === folder ? 0x80000000 : kind === link ? 0x08000000 : 0;
  return bits + (mode & 0o777);
}
