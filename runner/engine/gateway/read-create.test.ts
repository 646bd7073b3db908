import { describe, expect, it } from 'vitest';
import { helloImage } from '../hello/image.ts';
import { parseCreate } from './create.ts';
import { environment, readCreate } from './read-create.ts';

const read = (body: object, name: string | null = null) =>
  readCreate(parseCreate({ Image: helloImage.name, ...body }), name, () => helloImage);

describe('a create request', () => {
  it.each<[what: string, body: object, name?: string]>([
    ['a name with a line of its own', {}, 'db\n127.0.0.1 registry'],
    ['an alias with a line of its own', { NetworkingConfig: { EndpointsConfig: { net: { Aliases: ['a\n::1 b'] } } } }],
    ['a NUL in its environment', { Env: ['A=a\0b'] }],
    ['a NUL in its command', { Cmd: ['echo', 'a\0b'] }],
    ['a user whom every object knows', { User: 'constructor' }],
    ['memory in which nothing can run', { HostConfig: { Memory: 1 } }],
    ['a file system over a file of the image', { HostConfig: { Tmpfs: { '/index.js': '' } } }],
    ['a file system over folders with files of the image', { HostConfig: { Tmpfs: { '/etc': '' } } }],
  ])('with %s is refused as the client’s mistake', (_, body, name) => {
    expect(() => read(body, name ?? null)).toThrow(expect.objectContaining({ status: 400 }));
  });

  it('for little memory leaves room for the engine’s own agent', () => {
    expect(read({ HostConfig: { Memory: 8 << 20 } }).place.memoryBytes).toBe(128 << 20);
    expect(read({ HostConfig: { Memory: 300 << 20 } }).place.memoryBytes).toBe(300 << 20);
  });

  it('names its environment as Docker does: without a value it is empty', () => {
    expect(environment(['A=1=2', 'B'])).toEqual({ A: '1=2', B: '' });
  });
});
