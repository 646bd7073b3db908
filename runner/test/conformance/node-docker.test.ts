import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scopeLabel, sweepDaemon } from '../../engine/index.ts';
import { api, nodeCases } from './node-cases.ts';
import { findTestDaemon, openGateway } from './open-gateway.ts';

const daemon = await findTestDaemon();

describe.skipIf(daemon === undefined)(
  'Docker, if a daemon has postgres:16-alpine: pull it, or sudo runner/test/docker-image/make.sh',
  () => {
    if (!daemon) return;
    const gateway = nodeCases('Docker', daemon);
    const { client } = daemon;

    test('what another variant made does not exist', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'boundary-neighbour-'));
      const neighbour = await openGateway(folder, daemon);
      const made = await api(neighbour, 'POST', '/containers/create?name=theirs', { Image: 'postgres:16-alpine' });
      const network = await api(neighbour, 'POST', '/networks/create', { Name: 'theirs' });
      const exec = await client.listContainers({ all: true, filters: { label: [`${scopeLabel}=${neighbour.scope}`] } });
      expect([made.status, network.status, exec.length]).toEqual([201, 201, 1]);
      const { Id } = made.body;

      const requests = [
        ['GET', `/containers/${Id}/json`],
        ['GET', `/containers/${Id}/logs?stdout=1`],
        ['GET', `/containers/${Id}/archive?path=/etc`],
        ['PUT', `/containers/${Id}/archive?path=/tmp`],
        ['POST', `/containers/${Id}/start`],
        ['POST', `/containers/${Id}/exec`, { Cmd: ['id'] }],
        ['POST', `/containers/${Id}/kill`],
        ['DELETE', `/containers/${Id}?force=1`],
        ['DELETE', '/networks/theirs'],
        ['DELETE', `/networks/${network.body.Id}`],
        ['POST', `/networks/${network.body.Id}/connect`, { Container: Id }],
        ['GET', `/containers/boundary-${neighbour.scope}-theirs/json`],
        ['GET', `/containers/..%2F..%2Finfo/json`],
      ] as const;
      for (const [method, path, body] of requests)
        expect({ path, status: (await api(gateway(), method, path, body)).status }).toEqual({ path, status: 404 });
      const intoTheirs = { Image: 'postgres:16-alpine', HostConfig: { NetworkMode: network.body.Id } };
      expect((await api(gateway(), 'POST', '/containers/create', intoTheirs)).status).toBe(404);
      const filters = encodeURIComponent(JSON.stringify({ label: [`${scopeLabel}=${neighbour.scope}`] }));
      expect((await api(gateway(), 'GET', `/containers/json?all=1&filters=${filters}`)).body).toEqual([]);

      await neighbour[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
      const left = await client.listContainers({ all: true, filters: { label: [`${scopeLabel}=${neighbour.scope}`] } });
      expect(left).toEqual([]);
      const networks = await client.listNetworks({ filters: { label: [`${scopeLabel}=${neighbour.scope}`] } });
      expect(networks).toEqual([]);
    });

    test('containers of one network find each other by alias, and nothing beyond it', async () => {
      const network = await api(gateway(), 'POST', '/networks/create', { Name: 'shop' });
      const create = {
        Image: 'postgres:16-alpine',
        Entrypoint: ['sleep'],
        Cmd: ['600'],
        HostConfig: { NetworkMode: 'shop' },
        NetworkingConfig: { EndpointsConfig: { shop: { Aliases: ['store'] } } },
      };
      const { Id } = (await api(gateway(), 'POST', '/containers/create', create)).body;
      expect((await api(gateway(), 'POST', `/containers/${Id}/start`)).status).toBe(204);
      const { HostConfig, NetworkSettings } = await client.getContainer(Id).inspect();
      expect(HostConfig).toMatchObject({ Privileged: false, CapDrop: ['ALL'], SecurityOpt: ['no-new-privileges'] });
      expect(HostConfig.Memory).toBeGreaterThan(0);
      expect(HostConfig.PidsLimit).toBeGreaterThan(0);
      expect(Object.values(NetworkSettings.Networks).map(({ NetworkID }) => NetworkID)).toEqual([network.body.Id]);
      const exec = await api(gateway(), 'POST', `/containers/${Id}/exec`, {
        Cmd: ['sh', '-c', 'getent hosts store && ! ls /var/run/docker.sock && ! timeout 2 nc -z 192.0.2.1 80'],
      });
      await api(gateway(), 'POST', `/exec/${exec.body.Id}/start`, {});
      expect((await api(gateway(), 'GET', `/exec/${exec.body.Id}/json`)).body).toMatchObject({ ExitCode: 0 });
      await api(gateway(), 'DELETE', `/containers/${Id}?force=1`);
      expect((await api(gateway(), 'DELETE', '/networks/shop')).status).toBe(204);
    });

    test('a sweep removes what a killed runner left, and nothing of another', async () => {
      const killed = { ...daemon, runner: `killed-${process.pid}` };
      const folder = await mkdtemp(join(tmpdir(), 'boundary-killed-'));
      await using left = await openGateway(folder, killed);
      const { Id } = (await api(left, 'POST', '/containers/create', { Image: 'postgres:16-alpine' })).body;
      expect(await sweepDaemon(killed)).toBe(1);
      await expect(client.getContainer(Id).inspect()).rejects.toThrow('404');
      expect((await api(gateway(), 'GET', '/containers/json?all=1')).body).toHaveLength(1);
      await rm(folder, { recursive: true });
    });
  },
);
