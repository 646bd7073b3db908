import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { s3Program } from '../../cli/ensure-s3.ts';
import { type Service, startProcess } from './started-process.ts';

export const s3 = {
  topic: 'object-storage',
  missing: existsSync(s3Program)
    ? undefined
    : 'there is no S3 server here: install Go 1.26 or newer from go.dev/dl, then npm test builds one',
  /** The Versity S3 Gateway, with its objects in the folder and one account. */
  async start(folder: string): Promise<Service> {
    const [objects, metadata] = [join(folder, 'objects'), join(folder, 'metadata')];
    mkdirSync(objects);
    mkdirSync(metadata);
    const { ports, stop } = await startProcess(1, (port) => ({
      program: s3Program,
      args: ['--port', `127.0.0.1:${port}`, 'posix', '--sidecar', metadata, objects],
      env: { ROOT_ACCESS_KEY: 'test', ROOT_SECRET_KEY: 'test-secret' },
    }));
    return { env: { S3_URL: `http://127.0.0.1:${ports[0]}` }, [Symbol.asyncDispose]: stop };
  },
};
