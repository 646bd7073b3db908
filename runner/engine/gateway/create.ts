import { z } from 'zod';
import { EngineError } from '../errors.ts';
import { isRyuk } from '../ryuk/image.ts';

/** What a process is started with. It cannot hold a NUL, which ends a word for the kernel. */
export const word = z.string().refine((text) => !text.includes('\0'), 'a NUL cannot be passed to a process');
const words = z.union([word.transform((one) => [one]), z.array(word)]).nullish();
const binding = z.object({ HostIp: z.string().nullish(), HostPort: z.union([z.string(), z.number()]).nullish() });

/** Names of a container in a network. They are written into the hosts file of others, a line for each. */
export const aliasesSchema = z
  .array(z.string().regex(/^[a-zA-Z0-9_][\w.-]{0,253}$/, 'letters, digits, “-”, “_” and “.” are expected'))
  .max(64)
  .nullish();

/** The fields of a create request that mean something here. Others are ignored, or refused below where they would matter. */
const body = z.object({
  Image: z.string().min(1).max(512),
  Cmd: words,
  Entrypoint: words,
  Env: z
    .array(word.refine(({ length }) => length <= 64 << 10, 'a value is over 64 KiB'))
    .max(512)
    .nullish(),
  ExposedPorts: z.record(z.string(), z.unknown()).nullish(),
  Labels: z.record(z.string(), z.string()).nullish(),
  WorkingDir: word.max(4096).nullish(),
  StopSignal: z.string().max(32).nullish(),
  Healthcheck: z
    .object({
      Test: z.array(z.string()).nullish(),
      Interval: z.number().nullish(),
      Timeout: z.number().nullish(),
      Retries: z.number().nullish(),
      StartPeriod: z.number().nullish(),
    })
    .nullish(),
  HostConfig: z
    .object({
      PortBindings: z.record(z.string(), z.array(binding).nullable()).nullish(),
      PublishAllPorts: z.boolean().nullish(),
      AutoRemove: z.boolean().nullish(),
      Privileged: z.boolean().nullish(),
      Binds: z.array(z.string()).nullish(),
      Mounts: z.array(z.unknown()).nullish(),
      Devices: z.array(z.unknown()).nullish(),
      CapAdd: z.array(z.string()).nullish(),
      NetworkMode: z.string().nullish(),
      PidMode: z.string().nullish(),
      IpcMode: z.string().nullish(),
      UsernsMode: z.string().nullish(),
      UTSMode: z.string().nullish(),
      CgroupnsMode: z.string().nullish(),
      SecurityOpt: z.array(z.string()).nullish(),
      VolumesFrom: z.array(z.string()).nullish(),
      Tmpfs: z.record(z.string(), z.string()).nullish(),
      ExtraHosts: z.array(z.string().max(512)).max(64).nullish(),
      Memory: z.int().min(0).nullish(),
      NanoCpus: z.int().min(0).nullish(),
      Ulimits: z.array(z.unknown()).nullish(),
      // Honoured by Docker alone.
      CapDrop: z.array(z.string()).nullish(),
      ReadonlyRootfs: z.boolean().nullish(),
      Init: z.boolean().nullish(),
    })
    .nullish(),
  User: z.string().max(256).nullish(),
  Hostname: z.string().max(63).nullish(),
  NetworkingConfig: z
    .object({
      EndpointsConfig: z.record(z.string(), z.object({ Aliases: aliasesSchema }).nullish()).nullish(),
    })
    .nullish(),
});

export type CreateBody = z.infer<typeof body>;

/** Reads what a client sent. Throws {@link EngineError}: 400 for what is malformed, 403 for what is allowed on no backend. */
export function parseCreate(raw: unknown): CreateBody {
  const parsed = body.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new EngineError(400, `invalid create request: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  const { data } = parsed;
  refuse(withoutEngineSocket(data));
  for (const [port, hosts] of Object.entries(data.HostConfig?.PortBindings ?? {})) {
    const fixed = hosts?.find(({ HostPort }) => HostPort && Number(HostPort) !== 0);
    if (fixed) {
      throw new EngineError(
        403,
        `Port ${port} was asked for at the fixed host port ${fixed.HostPort}. Only free ports are given out here: expose the port without one and ask with getMappedPort().`,
      );
    }
  }
  return data;
}

type HostConfig = NonNullable<CreateBody['HostConfig']>;

/** Ryuk is mounted the engine's socket, which is in it already. */
function withoutEngineSocket({ Image, HostConfig }: CreateBody): HostConfig {
  const host = HostConfig ?? {};
  if (!isRyuk(Image)) return host;
  return { ...host, Binds: host.Binds?.filter((bind) => bind.split(':')[1] !== '/var/run/docker.sock') };
}

function refuse(host: HostConfig): void {
  const no = (what: string, instead: string) => new EngineError(403, `${what} is not allowed here: ${instead}`);
  if (host.Privileged) throw no('Privileged', 'containers run without any power over the machine that hosts them.');
  if (host.Binds?.length || host.Mounts?.length || host.VolumesFrom?.length) {
    throw no(
      'Mounting a folder of the host',
      'containers see nothing of the machine that hosts them. Copy what it needs into it instead: withCopyFilesToContainer, withCopyContentToContainer, or what your client calls the same.',
    );
  }
  if (host.Devices?.length) throw no('A device', 'containers see no hardware.');
  if (host.CapAdd?.length) throw no('An added capability', 'containers run without any.');
  if (host.SecurityOpt?.some((option) => !option.startsWith('no-new-privileges'))) {
    throw no('Loosening a container’s security', 'each keeps the filters that it is started with.');
  }
  const { NetworkMode, PidMode, IpcMode, UsernsMode, UTSMode, CgroupnsMode } = host;
  for (const mode of [NetworkMode, PidMode, IpcMode, UsernsMode, UTSMode, CgroupnsMode]) {
    if (mode === 'host') throw no('A namespace of the host', 'each container has its own.');
    if (mode?.startsWith('container:')) throw no('The namespace of another container', 'each container has its own.');
  }
}

/** `5432/tcp` → 5432. Throws {@link EngineError} 400 for what is no TCP port. */
export function containerPort(text: string): number {
  const [number = '', protocol = 'tcp'] = text.split('/');
  const port = /^[0-9]{1,5}$/.test(number) ? Number(number) : 0;
  if (protocol !== 'tcp' || port < 1 || port > 65_535 || text.split('/').length > 2) {
    throw new EngineError(400, `invalid port ${text}: a TCP port from 1 to 65535 is expected`);
  }
  return port;
}
