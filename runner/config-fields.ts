/** Every field of the runner's configuration: its variable, unit, default, reason and form. */
import { availableParallelism, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { field, KiB, MiB, optional, positive, sized, wholeNumber } from './define-config-field.ts';

const wholeDays = wholeNumber(0, 36_500);

export const fields = {
  host: field(
    'HOST',
    'address',
    '127.0.0.1',
    'Loopback, so that nobody else reaches a runner by accident.',
    z.string().min(1, 'an address is needed'),
  ),
  port: field(
    'PORT',
    'TCP port; 0 takes a free one',
    '4321',
    'Where the site and the API are served.',
    wholeNumber(0, 65_535),
  ),
  databaseUrl: optional(
    'DATABASE_URL',
    'postgres:// URL',
    'Names a PostgreSQL of your own. Unset, the runner keeps an embedded one under DATA_DIR.',
    z.url({ protocol: /^postgres(ql)?$/, error: 'a URL that begins with postgres:// is needed' }),
  ),
  dataDir: field(
    'DATA_DIR',
    'folder',
    '.data',
    'Holds the embedded PostgreSQL and the cookie secret. A relative path counts from the working directory.',
    z
      .string()
      .min(1, 'a folder is needed')
      .transform((path) => resolve(path)),
  ),
  cookieSecret: optional(
    'COOKIE_SECRET',
    'text of 32 characters or more',
    'Signs the learner’s cookie; set the same one on every machine. Unset, one is made once and kept in DATA_DIR.',
    z.string().min(32, 'a secret of 32 characters or more is needed'),
  ),
  publicOrigin: optional(
    'PUBLIC_ORIGIN',
    'origin, such as https://learn.example.org',
    'The address that people see when a reverse proxy stands in front. Requests from it are accepted, cookies are Secure when it is https, and one proxy’s X-Forwarded-For is believed.',
    z
      .url({ protocol: /^https?$/, error: 'an origin such as https://learn.example.org is needed' })
      .transform((url) => new URL(url).origin),
  ),
  logLevel: field(
    'LOG_LEVEL',
    'word',
    'info',
    'How much is logged to standard output, as JSON lines.',
    z.enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'one of fatal, error, warn, info, debug, trace, silent is needed',
    ),
  ),
  workers: optional(
    'WORKERS',
    'runs',
    'Runs graded at once; half the cores, at least 1, because a run keeps about two processes busy.',
    positive(256),
    () => Math.max(1, Math.floor(availableParallelism() / 2)),
    'half the cores',
  ),
  warmSandboxes: optional(
    'WARM_SANDBOXES',
    'sandboxes',
    'Single-use sandboxes, and as many started databases, kept ready so that a run need not wait for them; a pair holds about 200 MiB. One for each 2 GiB of memory, from 2 to 12: an exercise has about a dozen variants.',
    wholeNumber(0, 64),
    () => Math.min(12, Math.max(2, Math.floor(totalmem() / (2 * 1024 * MiB)))),
    'one for each 2 GiB of memory, 2 to 12',
  ),
  queueMax: field(
    'QUEUE_MAX',
    'runs',
    '200',
    'Runs that may wait; a longer queue would only be a longer disappointment.',
    positive(10_000),
  ),
  queueMaxPerLearner: field(
    'QUEUE_MAX_PER_LEARNER',
    'runs',
    '10',
    'Unfinished runs a learner may have, so that nobody fills the queue alone.',
    positive(1_000),
  ),
  submissionFiles: field(
    'SUBMISSION_FILES',
    'files',
    '32',
    'Files in one submission; exercises have a handful.',
    positive(1_000),
  ),
  submissionBytes: field(
    'SUBMISSION_KIB',
    'KiB',
    '256',
    'Paths and texts of one submission together.',
    sized(KiB, 16_384),
  ),
  webSocketFrameBytes: field(
    'WS_FRAME_KIB',
    'KiB',
    '64',
    'Largest frame a client may send; the stream needs none at all.',
    sized(KiB, 1_024),
  ),
  requestsPerMinute: field(
    'REQUESTS_PER_MINUTE',
    'requests',
    '6000',
    'Requests that one address may make in a minute; a tenth of them may be submissions. A whole class may sit behind one address, and a page is some thirty requests.',
    positive(10_000_000),
  ),
  streamsPerAddress: field(
    'STREAMS_PER_ADDRESS',
    'connections',
    '500',
    'Event streams that one address may hold open at once; a page that shows a run holds one.',
    positive(100_000),
  ),
  connectionsPerAddress: field(
    'CONNECTIONS_PER_ADDRESS',
    'connections',
    '3000',
    'Connections that one address may have open for requests; a browser opens six, and 500 may sit behind one address. Event streams are counted apart. With PUBLIC_ORIGIN set all are the proxy’s, and there is no bound.',
    positive(1_000_000),
  ),
  keepRunsDays: field(
    'KEEP_RUNS_DAYS',
    'days; 0 keeps for ever',
    '365',
    'Runs that ended longer ago are deleted, with what they printed. A learner sees earlier runs for so long; the store grows no further.',
    wholeDays,
  ),
  keepRunsBytes: field(
    'KEEP_RUNS_MIB',
    'MiB',
    '8192',
    'Runs that ended and what they printed, all together, as compressed in the store. Beyond it the oldest are deleted, whatever their age, so that no disk fills.',
    sized(MiB, 1_073_741_824),
  ),
  keepProgressDays: field(
    'KEEP_PROGRESS_DAYS',
    'days; 0 keeps for ever',
    '400',
    'The runner’s copy of a learner’s progress is deleted when it has not changed for so long. A cookie lasts a year.',
    wholeDays,
  ),
  keepProgressBytes: field(
    'KEEP_PROGRESS_MIB',
    'MiB',
    '1024',
    'The runner’s copies of everybody’s progress. Beyond it, those that have not changed for longest are deleted; each browser keeps its own.',
    sized(MiB, 1_073_741_824),
  ),
  metricsToken: optional(
    'METRICS_TOKEN',
    'text of 16 characters or more',
    'Whoever sends it as “Authorization: Bearer …”, or as a password, may read /metrics. Unset, only this machine may; with PUBLIC_ORIGIN set, where a proxy asks from here too, nobody may read /metrics or /admin without it.',
    z.string().min(16, 'a token of 16 characters or more is needed'),
  ),
  engine: field(
    'ENGINE',
    'word',
    'auto',
    'What containers are: sandboxes (sandbox), Docker’s (docker), or sandboxes for the images that there are and Docker for the rest, where a daemon answers (auto).',
    z.enum(['auto', 'sandbox', 'docker'], 'one of auto, sandbox, docker is needed'),
  ),
  dockerSocket: field(
    'DOCKER_SOCKET',
    'path of a unix socket',
    '/var/run/docker.sock',
    'Where the Docker daemon of this machine listens.',
    z.string().startsWith('/', 'an absolute path is needed'),
  ),
  dockerImages: field(
    'DOCKER_IMAGES',
    'references with commas between',
    'postgres,redis,mysql,mariadb,rabbitmq',
    'Images that learners may start with Docker, pulled when they are first asked for: redis allows every tag, redis:7 that one, redis@sha256:… that digest.',
    z
      .string()
      .transform((list) => list.split(',').map((reference) => reference.trim()))
      .refine(
        (list) => list.every((reference) => /^[a-z0-9][\w./:-]*$/.test(reference)),
        'references such as redis:7 are needed',
      ),
  ),
  dockerPullsPerHour: field(
    'DOCKER_PULLS_PER_HOUR',
    'pulls; 0 allows none',
    '20',
    'Pulls that all learners together may ask of Docker. An entry without a tag allows every tag, and many would fill the disk.',
    wholeNumber(0, 10_000),
  ),
  variantWallMs: field(
    'VARIANT_WALL_MS',
    'ms',
    '20000',
    'Wall time of one variant, the learner’s deadline.',
    positive(3_600_000),
  ),
  runWallMs: field('RUN_WALL_MS', 'ms', '60000', 'Wall time of a whole run, over all variants.', positive(3_600_000)),
  cpuSeconds: field('CPU_SECONDS', 's', '15', 'Processor time of one process in a sandbox.', positive(3_600)),
  memoryBytes: field(
    'MEMORY_MIB',
    'MiB',
    '1024',
    'Memory of a learner’s sandbox; each of its containers, four at the most, may use half as much again.',
    sized(MiB, 1_048_576),
  ),
  processes: field(
    'PROCESSES',
    'processes',
    '256',
    'Processes and threads in a sandbox; Node with Vitest needs about 40.',
    positive(32_768),
  ),
  files: field('FILES', 'descriptors', '1024', 'Open files of one process.', positive(1_048_576)),
  fileSizeBytes: field(
    'FILE_SIZE_MIB',
    'MiB',
    '64',
    'Largest single file that a process may write.',
    sized(MiB, 1_048_576),
  ),
  tmpfsBytes: field(
    'TMPFS_MIB',
    'MiB',
    '256',
    'Each writable folder of a sandbox, all of which are kept in memory.',
    sized(MiB, 1_048_576),
  ),
  outputBytes: field('OUTPUT_KIB', 'KiB', '1024', 'Standard output and error of one variant.', sized(KiB, 1_048_576)),
  resultFrameBytes: field(
    'RESULT_FRAME_KIB',
    'KiB',
    '512',
    'One result message that leaves a sandbox.',
    sized(KiB, 65_536),
  ),
};
