import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GenericContainer, getContainerRuntimeClient, Network, type StartedTestContainer, Wait } from 'testcontainers';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { installedImages } from '../../engine/index.ts';
import { api } from './node-cases.ts';
import { type OpenGateway, openGateway } from './open-gateway.ts';

const image = 'testcontainers/helloworld:1.3.0';
const redis = installedImages().find(({ name }) => /^(redis|valkey)/.test(name))?.name;
const patience = { timeout: 20_000, interval: 50 };
let folder: string;
let gateway: OpenGateway;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boundary-networks-'));
  gateway = await openGateway(folder);
  for (const [name, value] of Object.entries(gateway.env)) vi.stubEnv(name, value);
});

afterEach(async () => {
  const { body } = await api(gateway, 'GET', '/containers/json?all=1');
  for (const { Id } of body) await api(gateway, 'DELETE', `/containers/${Id}?force=1`);
});

afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** What a process in a container gets from an address, or how it was turned away. */
async function get(container: StartedTestContainer, address: string): Promise<string> {
  const program = `fetch(process.argv[1]).then((r) => r.text()).catch((e) => e.cause.code).then(console.log)`;
  return (await container.exec(['node', '-e', program, address])).stdout.trim();
}

test('containers of one network reach each other by name and alias, also at the port that they listen on themselves', async () => {
  const network = await new Network().start();
  const on = (...aliases: string[]) =>
    new GenericContainer(image)
      .withExposedPorts(8080)
      .withNetwork(network)
      .withNetworkAliases(...aliases);
  const [shop, stock] = await Promise.all([on('shop').start(), on('stock', 'store').start()]);
  const outside = await new GenericContainer(image).withExposedPorts(8080).start();

  const own = await get(shop, 'http://127.0.0.1:8080/uuid');
  await expect.poll(() => get(shop, 'http://stock:8080/uuid'), patience).not.toMatch(/ECONN/);
  const other = await get(shop, 'http://stock:8080/uuid');
  expect(other).toMatch(/^[0-9a-f-]{36}$/);
  expect(other).not.toBe(own);
  expect(await get(shop, 'http://store:8080/uuid')).toBe(other);
  expect(await get(shop, 'http://shop:8080/uuid')).toBe(own);
  expect(await get(shop, 'http://stock:5432/')).toBe('ECONNREFUSED');
  expect(await get(outside, 'http://stock:8080/uuid')).toMatch(/ENOTFOUND|EAI_AGAIN/);
  const address = stock.getIpAddress(network.getName());
  expect(await get(outside, `http://${address}:8080/uuid`)).toBe('ECONNREFUSED');

  await stock.restart();
  await expect.poll(() => get(shop, 'http://stock:8080/uuid'), patience).toMatch(/^[0-9a-f-]{36}$/);
  await stock.stop({ remove: false });
  await expect.poll(() => get(shop, 'http://stock:8080/uuid'), patience).toMatch(/ECONNREFUSED|ENOTFOUND|EAI_AGAIN/);
  await shop.stop();
  await network.stop();
});

test('a network is refused where it cannot be, in words that say so', async () => {
  const create = (Name: string) => api(gateway, 'POST', '/networks/create', { Name });
  expect(await create('../x')).toMatchObject({ status: 400, body: { message: expect.stringContaining('Invalid') } });
  expect((await create('twice')).status).toBe(201);
  expect((await create('twice')).status).toBe(409);
  expect((await api(gateway, 'DELETE', '/networks/twice')).status).toBe(204);
  expect((await api(gateway, 'DELETE', '/networks/bridge')).status).toBe(403);
  const elsewhere = { Image: image, HostConfig: { NetworkMode: 'nowhere' } };
  const refused = await api(gateway, 'POST', '/containers/create', elsewhere);
  expect(refused).toEqual({ status: 404, body: { message: 'network nowhere not found' } });
});

test('Ryuk removes what bears a label, once the client that named it has gone', async () => {
  const ryuk = await new GenericContainer('testcontainers/ryuk:0.14.0')
    .withEnvironment({ RYUK_RECONNECTION_TIMEOUT: '100ms' })
    .withBindMounts([{ source: '/var/run/docker.sock', target: '/var/run/docker.sock' }])
    .withExposedPorts(8080)
    .withWaitStrategy(Wait.forLogMessage('Started'))
    .start();
  const labelled = await new GenericContainer(image).withLabels({ session: 'a', other: 'b' }).start();
  const half = await new GenericContainer(image).withLabels({ session: 'a' }).start();

  const client = connect(ryuk.getMappedPort(8080), ryuk.getHost());
  client.write('label=session=a&label=other=b\n');
  const [said] = await once(client, 'data');
  expect(String(said)).toBe('ACK\n');
  client.end();

  const ids = async () => {
    const { container } = await getContainerRuntimeClient();
    return (await container.list()).map(({ Id }) => Id);
  };
  await expect.poll(ids, patience).not.toContain(labelled.getId());
  expect(await ids()).toContain(half.getId());
  await expect.poll(ids, patience).not.toContain(ryuk.getId());
});

test('a container gets its user, host name, extra host and tmpfs, and is told what it does not get', async () => {
  const container = await new GenericContainer(image)
    .withUser('node')
    .withHostname('shopfront')
    .withExtraHosts([{ host: 'legacy', ipAddress: '192.0.2.7' }])
    .withTmpFs({ '/scratch': 'rw' })
    .withExposedPorts(8080)
    .start();
  const script =
    'whoami; uname -n; getent hosts legacy; stat -f -c %T /scratch; touch /scratch/mine; getent hosts shopfront';
  const { stdout } = await container.exec(['sh', '-c', script]);
  expect(stdout.split('\n').map((line) => line.split(/\s+/)[0])).toEqual([
    'node',
    'shopfront',
    '192.0.2.7',
    'tmpfs',
    '127.0.0.1',
    '',
  ]);
  await expect(container.exec(['whoami'], { user: 'root' })).rejects.toThrow(/cannot run as root here/);
  const asked = { Image: image, HostConfig: { NanoCpus: 1e9, Ulimits: [{ Name: 'nofile', Soft: 9, Hard: 9 }] } };
  const { body } = await api(gateway, 'POST', '/containers/create', asked);
  expect(body.Warnings.join(' ')).toMatch(/Ulimits.*NanoCpus/);
  for (const at of ['/usr/x', '/', '/etc', '/a/../b', 'x']) {
    const refused = await api(gateway, 'POST', '/containers/create', {
      Image: image,
      HostConfig: { Tmpfs: { [at]: '' } },
    });
    expect([at, refused.status]).toEqual([at, 400]);
  }
});

/** Says commands on one connection and resolves with all that came back once as many replies have. */
function say(port: number, commands: string[]): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(commands.map((command) => `${command}\r\n`).join('')));
    let heard = '';
    socket.on('error', reject).on('data', (chunk) => {
      heard += chunk;
      const lines = heard.split('\r\n').slice(0, -1);
      if (lines.length >= commands.length) {
        socket.end();
        resolve(lines);
      }
    });
  });
}

test.skipIf(redis === undefined)(
  'Redis or Valkey, if the machine has one (apt-get install redis-tools): as its image does, with its own options',
  async () => {
    if (!redis) return;
    const container = await new GenericContainer(redis)
      .withCommand([redis.startsWith('redis') ? 'redis-server' : 'valkey-server', '--requirepass', 'two words'])
      .withExposedPorts(6379)
      .withWaitStrategy(Wait.forLogMessage('Ready to accept connections'))
      .start();
    const port = () => container.getMappedPort(6379);
    const enter = 'AUTH "two words"';
    expect(await say(port(), ['GET a'])).toEqual([expect.stringContaining('NOAUTH')]);
    expect(await say(port(), [enter, 'INCR visits', 'INCR visits', 'SAVE'])).toEqual(['+OK', ':1', ':2', '+OK']);
    await container.restart();
    expect(await say(port(), [enter, 'INCR visits'])).toEqual(['+OK', ':3']);
    const { output } = await container.exec(['sh', '-c', 'id -un; ls /data']);
    expect(output).toBe('redis\ndump.rdb\n');
  },
);
