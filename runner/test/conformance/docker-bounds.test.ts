import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Daemon, Pulls, scopeLabel } from '../../engine/index.ts';
import { api } from './node-cases.ts';
import { findTestDaemon, type OpenGateway, openGateway } from './open-gateway.ts';

const image = 'postgres:16-alpine';
/** A container that does nothing. */
const idle = { Image: image, Entrypoint: ['sleep'], Cmd: ['600'] };
const daemon = await findTestDaemon();

describe.skipIf(daemon === undefined)(
  'what Docker is asked for, if a daemon has postgres:16-alpine: pull it, or sudo runner/test/docker-image/make.sh',
  () => {
    // Collected, though not run, where there is no daemon.
    const { client } = (daemon ?? {}) as Daemon;
    let folder: string;
    let gateway: OpenGateway;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'boundary-bounds-'));
      gateway = await openGateway(folder, daemon);
    });

    afterEach(async () => {
      const { body } = await api(gateway, 'GET', '/containers/json?all=1');
      for (const { Id } of body) await api(gateway, 'DELETE', `/containers/${Id}?force=1`);
    });

    afterAll(async () => {
      await gateway[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    });

    /** The id of a container that is made, and started where it is to run. */
    async function made(body: object, start = false): Promise<string> {
      const { status, body: answer } = await api(gateway, 'POST', '/containers/create', body);
      expect([status, answer.message]).toEqual([201, undefined]);
      if (start) expect((await api(gateway, 'POST', `/containers/${answer.Id}/start`)).status).toBe(204);
      return answer.Id;
    }

    test('ports of the image that nobody asked to publish are not named as bound', async () => {
      const id = await made({ ...idle, HostConfig: { PortBindings: { '8080/tcp': [{ HostPort: '0' }] } } }, true);
      const { HostConfig, NetworkSettings } = (await api(gateway, 'GET', `/containers/${id}/json`)).body;
      expect(Object.keys(HostConfig.PortBindings)).toEqual(['8080/tcp']);
      expect(NetworkSettings.Ports).toEqual({
        '5432/tcp': null,
        '8080/tcp': [{ HostIp: '', HostPort: expect.stringMatching(/^[0-9]+$/) }],
      });
    });

    test('pulls are counted; beyond those of an hour an image that is there is taken, and another refused by name', async () => {
      const asked: string[] = [];
      const mute = Object.assign(Object.create(client), {
        pull: async (reference: string) => {
          asked.push(reference);
          return Readable.from(['{"status":"Pulling"}']);
        },
      });
      const allowing = async (perHour: number) => {
        const data = await mkdtemp(join(folder, 'pulls-'));
        const opened = await openGateway(data, { ...(daemon as Daemon), client: mute, pulls: new Pulls(perHour) });
        onTestFinished(() => opened[Symbol.asyncDispose]());
        return (tag: string) => api(opened, 'POST', `/images/create?fromImage=postgres&tag=${tag}`);
      };
      const pull = await allowing(1);
      expect(await pull('9.0')).toMatchObject({ status: 200, body: { status: 'Pulling' } });
      expect(await pull('16-alpine')).toMatchObject({ status: 200 });
      expect(await pull('9.1')).toMatchObject({
        status: 429,
        body: { message: expect.stringMatching(/^postgres:9\.1 is not on this machine.* in 60 minutes/) },
      });
      expect(await (await allowing(0))('9.1')).toMatchObject({
        status: 429,
        body: { message: expect.stringMatching(/^postgres:9\.1 is not on this machine, and tests may pull none here/) },
      });
      expect(asked).toEqual(['postgres:9.0']);
    });

    test('a container may ask for less memory and processor time than the most, and gets no more than that', async () => {
      const most = (await client.getContainer(await made(idle)).inspect()).HostConfig;
      const less = await made({ ...idle, HostConfig: { Memory: 64 << 20, NanoCpus: 5e8 } });
      const more = await made({ ...idle, HostConfig: { Memory: 2 ** 40, NanoCpus: 64e9 } });
      const got = async (id: string) => {
        const { Memory, MemorySwap, NanoCpus } = (await client.getContainer(id).inspect()).HostConfig;
        return { Memory, MemorySwap, NanoCpus };
      };
      expect(await got(less)).toEqual({ Memory: 64 << 20, MemorySwap: 64 << 20, NanoCpus: 5e8 });
      expect(await got(more)).toMatchObject({ Memory: most.Memory, MemorySwap: most.Memory, NanoCpus: most.NanoCpus });
      const { HostConfig } = (await api(gateway, 'GET', `/containers/${less}/json`)).body;
      expect(HostConfig).toMatchObject({ Memory: 64 << 20, NanoCpus: 5e8, LogConfig: { Type: 'json-file' } });
    });

    test('a container may give up capabilities that it would have', async () => {
      const added = async (CapDrop?: string[]) => {
        const id = await made({ ...idle, HostConfig: { CapDrop } });
        const { CapAdd, CapDrop: dropped } = (await client.getContainer(id).inspect()).HostConfig;
        return [dropped, CapAdd?.length ?? 0, CapAdd?.includes('CHOWN') ?? false];
      };
      expect(await added()).toEqual([['ALL'], 5, true]);
      expect(await added(['cap_chown', 'SYS_ADMIN'])).toEqual([['ALL'], 4, false]);
      expect(await added(['ALL'])).toEqual([['ALL'], 0, false]);
    });

    test('extra hosts are honoured where they are addresses, and the answer says what has no effect', async () => {
      const HostConfig = { ExtraHosts: ['legacy:192.0.2.7'], Ulimits: [{ Name: 'nofile', Soft: 9, Hard: 9 }] };
      const { body } = await api(gateway, 'POST', '/containers/create', { ...idle, HostConfig });
      expect(body.Warnings.join(' ')).toMatch(/Ulimits/);
      expect((await client.getContainer(body.Id).inspect()).HostConfig.ExtraHosts).toEqual(['legacy:192.0.2.7']);
      const host = { ...idle, HostConfig: { ExtraHosts: ['host:host-gateway'] } };
      expect((await api(gateway, 'POST', '/containers/create', host)).status).toBe(400);
    });

    test('a container leaves a network that it was connected to', async () => {
      const id = await made(idle, true);
      await api(gateway, 'POST', '/networks/create', { Name: 'shop' });
      const networks = async () =>
        Object.keys((await api(gateway, 'GET', `/containers/${id}/json`)).body.NetworkSettings.Networks).sort();
      const bad = { Container: id, EndpointConfig: { Aliases: ['a b'] } };
      expect((await api(gateway, 'POST', '/networks/shop/connect', bad)).status).toBe(400);
      expect((await api(gateway, 'POST', '/networks/shop/connect', { Container: id })).status).toBe(200);
      expect(await networks()).toEqual(['bridge', 'shop']);
      expect((await api(gateway, 'POST', '/networks/shop/disconnect', { Container: id })).status).toBe(200);
      expect(await networks()).toEqual(['bridge']);
      expect((await api(gateway, 'DELETE', '/networks/shop')).status).toBe(204);
    });

    test('a published port leads to nobody else once its container has left its network', async () => {
      const says = (words: string, network: string) => ({
        Image: image,
        Entrypoint: ['sh', '-c', `while :; do echo ${words} | nc -N -l 8080; done`],
        HostConfig: { NetworkMode: network, PortBindings: { '8080/tcp': [{ HostPort: '0' }] } },
      });
      const { Id: first } = (await api(gateway, 'POST', '/networks/create', { Name: 'first' })).body;
      const [config] = (await client.getNetwork(first).inspect()).IPAM?.Config ?? [];
      const id = await made(says('mine', 'first'), true);
      const { NetworkSettings } = (await api(gateway, 'GET', `/containers/${id}/json`)).body;
      const port = Number(NetworkSettings.Ports['8080/tcp'][0].HostPort);
      await expect.poll(() => heardAt(port), { timeout: 20_000 }).toBe('mine\n');

      await api(gateway, 'POST', '/networks/first/disconnect', { Container: id });
      await api(gateway, 'DELETE', '/networks/first');
      // Somebody else is given the same address.
      const name = `boundary-next-${process.pid}`;
      const second = await client.createNetwork({
        Name: name,
        Internal: true,
        IPAM: { Config: config ? [config] : [] },
      });
      onTestFinished(() => second.remove());
      const theirs = await client.createContainer(says('theirs', name));
      onTestFinished(() => theirs.remove({ force: true }));
      await theirs.start();
      const { Networks } = (await theirs.inspect()).NetworkSettings;
      expect(Networks[name]?.IPAddress).toBe(NetworkSettings.Networks.first.IPAddress);
      await expect.poll(() => heardAt(8080, Networks[name]?.IPAddress), { timeout: 20_000 }).toBe('theirs\n');
      expect(await heardAt(port)).toBe('');
    });

    test('a container whose ports cannot be published does not run', async () => {
      const ports = Array.from({ length: 65 }, (_, place) => [`${8000 + place}/tcp`, [{ HostPort: '0' }]]);
      const id = await made({ ...idle, HostConfig: { PortBindings: Object.fromEntries(ports) } });
      expect((await api(gateway, 'POST', `/containers/${id}/start`)).status).toBe(429);
      await expect.poll(async () => (await client.getContainer(id).inspect()).State.Running).toBe(false);
      expect((await client.getContainer(id).inspect()).HostConfig.Dns).toEqual(['127.0.0.1']);
      const next = await made({ ...idle, HostConfig: { PortBindings: { '8080/tcp': [{ HostPort: '0' }] } } }, true);
      const { NetworkSettings } = (await api(gateway, 'GET', `/containers/${next}/json`)).body;
      expect(NetworkSettings.Ports['8080/tcp']).toHaveLength(1);
    });

    test('a reference leads to an image on the list and to nothing else of the daemon', async () => {
      const inspect = (reference: string) => api(gateway, 'GET', `/images/${encodeURIComponent(reference)}/json`);
      const known = await inspect(image);
      expect(known).toMatchObject({ status: 200, body: { Id: expect.stringMatching(/^sha256:/), Os: 'linux' } });
      expect(known.body.Config.Env.join(' ')).toContain('PGDATA=');
      expect(JSON.stringify(known.body)).not.toContain('/var/lib/docker');
      for (const reference of ['postgres@/../../../_ping?', 'postgres@?', 'postgres:', 'postgres@x/get?y='])
        expect({ reference, status: (await inspect(reference)).status }).toEqual({ reference, status: 404 });
      for (const query of ['fromImage=postgres%3A', 'fromImage=postgres%40x'])
        expect((await api(gateway, 'POST', `/images/create?${query}`)).status).toBe(404);
    });

    test('what a container writes can be attached to before it starts', async () => {
      const id = await made({ ...idle, Entrypoint: ['sh'], Cmd: ['-c', 'echo out; echo err >&2'] });
      const path = `/containers/${id}/attach?stream=1&stdout=1&stderr=1`;
      const call = httpRequest({ socketPath: gateway.socket, method: 'POST', path }).end();
      const [response]: IncomingMessage[] = await once(call, 'response');
      expect((await api(gateway, 'POST', `/containers/${id}/start`)).status).toBe(204);
      const said = await text(response as IncomingMessage);
      expect([response?.statusCode, said.includes('out\n'), said.includes('err\n')]).toEqual([200, true, true]);
    });

    test('commands that are never started are bounded', async () => {
      const id = await made(idle, true);
      const create = () => api(gateway, 'POST', `/containers/${id}/exec`, { Cmd: ['true'] });
      const first = await create();
      for (let count = 1; count < 128; count += 1) expect((await create()).status).toBe(201);
      expect(await create()).toMatchObject({ status: 429, body: { message: expect.stringContaining('128') } });
      expect((await api(gateway, 'POST', `/exec/${first.body.Id}/start`, {})).status).toBe(200);
      expect((await create()).status).toBe(201);
    });

    test('a network that is just being made when a variant ends is gone with it', async () => {
      const own = await mkdtemp(join(tmpdir(), 'boundary-late-'));
      const late = await openGateway(own, daemon);
      const ofIt = () => client.listNetworks({ filters: { label: [`${scopeLabel}=${late.scope}`] } });
      const requests = ['a', 'b', 'c', 'd'].map((Name) => api(late, 'POST', '/networks/create', { Name }));
      const settled = Promise.allSettled(requests);
      await expect.poll(ofIt, { interval: 10, timeout: 20_000 }).not.toEqual([]);
      await late[Symbol.asyncDispose]();
      await settled;
      // The daemon makes one network after another: when it has made this one, it has made those before it.
      await (await client.createNetwork({ Name: `boundary-test-${process.pid}`, Internal: true })).remove();
      expect(await ofIt()).toEqual([]);
      await rm(own, { recursive: true });
    });
  },
);

/** What is said at a port before it closes; nothing where it turns one away. */
async function heardAt(port: number, host = '127.0.0.1'): Promise<string> {
  const socket = connect(port, host);
  return await text(socket).catch(() => '');
}
