/**
 * Every error of the service. A code is permanent: clients and people search for it, so it is never renamed or reused.
 * `content/docs/errors.md` explains each one, and a test holds the two in step.
 */

type Params = Readonly<Record<string, string | number>>;
type Definition = {
  /** HTTP status, or `null` for an error that stops the runner as it starts and reaches no client. */
  status: number | null;
  title: string;
  /** What happened, why, and what to do. `{name}` is filled in from the parameters. */
  message: string;
};

export const errorCatalogue = {
  'request-malformed': {
    status: 400,
    title: 'The request cannot be read',
    message: '{reason} Compare the request with the description under /api/docs.',
  },
  'origin-refused': {
    status: 403,
    title: 'Another site sent this request',
    message:
      'The request came from {origin}, which is not this site. Open the site at its own address, or set PUBLIC_ORIGIN to the address that people see.',
  },
  'not-found': {
    status: 404,
    title: 'Nothing is at this address',
    message: 'No page or endpoint answers {method} {path}. The endpoints are listed under /api/docs.',
  },
  'run-not-found': {
    status: 404,
    title: 'No such run',
    message:
      'No run with this id belongs to you. Send the cookie that came with the submission, or its key as “Authorization: Bearer {key}”.',
  },
  'exercise-not-found': {
    status: 404,
    title: 'No such exercise',
    message: 'No exercise is named “{exercise}”. GET /api/exercises lists them all.',
  },
  'language-not-offered': {
    status: 404,
    title: 'Language not offered',
    message: 'Exercise “{exercise}” is not offered in “{language}”. Use one of: {languages}.',
  },
  'submission-too-large': {
    status: 413,
    title: 'The submission is too large',
    message: 'The submission exceeds {limit}. Send only the files that you changed, and keep data out of them.',
  },
  'media-type-unsupported': {
    status: 415,
    title: 'Not JSON',
    message: 'The body’s media type is not one this endpoint reads. Send JSON with “Content-Type: application/json”.',
  },
  'request-timed-out': {
    status: 408,
    title: 'The request did not come to its end',
    message:
      'The runner waited for the rest of the request and closes the connection now. Send it whole, within {seconds} seconds.',
  },
  'headers-too-large': {
    status: 431,
    title: 'The headers are too large',
    message:
      'The address and the headers of the request are larger than {kib} KiB together. Shorten the address, or delete the cookies of this site.',
  },
  'host-refused': {
    status: 421,
    title: 'Unknown host name',
    message:
      'This runner listens on this machine only and was asked for “{host}”. Use its loopback address, or set PUBLIC_ORIGIN to the address that people see.',
  },
  'operator-unknown': {
    status: 401,
    title: 'For whoever keeps the machine',
    message:
      'A proxy stands in front of this runner (PUBLIC_ORIGIN), so where you ask from proves nothing. Send METRICS_TOKEN, as a password or as “Authorization: Bearer …”.',
  },
  'submission-rejected': {
    status: 422,
    title: 'The submission cannot be run',
    message:
      'Nothing was run, because {count} of the fields or files cannot be used. See “errors” for each, and send it again.',
  },
  'upgrade-required': {
    status: 426,
    title: 'A WebSocket address',
    message: 'This address streams events over a WebSocket. Connect to it with a WebSocket client.',
  },
  'learner-queue-full': {
    status: 429,
    title: 'You have many runs waiting',
    message:
      'You have {unfinished} unfinished runs, the most that one person may have. Wait for one to end, or cancel one.',
  },
  'address-queue-full': {
    status: 429,
    title: 'Many runs wait from your address',
    message:
      'There are {unfinished} unfinished runs from your network address, the most that one address may have, so that others are served too. Try again in {seconds} seconds.',
  },
  'queue-full': {
    status: 429,
    title: 'The queue is full',
    message: '{queued} runs are waiting, the most that this runner takes. Try again in {seconds} seconds.',
  },
  'rate-limited': {
    status: 429,
    title: 'Too many requests',
    message: 'More requests came from your address than this runner answers in a minute. Go on in {seconds} seconds.',
  },
  'streams-full': {
    status: 429,
    title: 'Too many open event streams',
    message:
      'Your address holds {most} event streams open, the most that one may. Close those of pages that you no longer look at; a run goes on without one.',
  },
  internal: {
    status: 500,
    title: 'The runner failed',
    message:
      'The fault is ours, not yours. Try again; if it happens again, tell whoever runs this site the time it happened.',
  },
  'store-unavailable': {
    status: 503,
    title: 'The store does not answer',
    message: 'The runner cannot reach its database, so it can neither take nor show runs. Try again in a minute.',
  },
  'config-invalid': {
    status: null,
    title: 'A setting cannot be used',
    message: '{variable} is “{value}”: {problem}. {mend}',
  },
  'platform-unsupported': {
    status: null,
    title: 'No embedded PostgreSQL for this platform',
    message:
      'The embedded PostgreSQL is not there for {platform}. On Linux run “npm ci” again; elsewhere set DATABASE_URL to a PostgreSQL of your own.',
  },
  'postgres-as-root': {
    status: null,
    title: 'PostgreSQL refuses to run as root',
    message:
      'The embedded PostgreSQL cannot be started by uid 0. Start the runner with “npm start”, which changes to an unprivileged user, or set DATABASE_URL.',
  },
  'data-dir-in-use': {
    status: null,
    title: 'Another runner uses this data folder',
    message:
      'Process {pid} serves {address} from {dataDir}. Use that one, stop it first, or set DATA_DIR and PORT for a second runner.',
  },
  'data-dir-unusable': {
    status: null,
    title: 'The data folder cannot be used',
    message: '{dataDir} cannot be written: {reason}. Give this user the right to write there, or set DATA_DIR.',
  },
  'cluster-foreign': {
    status: null,
    title: 'The data folder holds another PostgreSQL',
    message:
      '{folder} is a cluster of PostgreSQL {found}, and this runner brings {expected}. Move the folder away, or set DATA_DIR to a new one.',
  },
  'postgres-start-failed': {
    status: null,
    title: 'The embedded PostgreSQL did not start',
    message: '{step} failed: {reason}. Mend what it names; the cluster in {folder} was left as it is.',
  },
  'database-unreachable': {
    status: null,
    title: 'The database cannot be reached',
    message:
      'DATABASE_URL names {host}, which answered: {reason}. Start that server, correct the address, or unset DATABASE_URL to use the embedded one.',
  },
  'migration-failed': {
    status: null,
    title: 'The schema cannot be brought up to date',
    message:
      '{step} failed: {reason}. Nothing of it was kept. Mend what it names, and start again; where a right is missing, make the role in DATABASE_URL the owner of its database.',
  },
  'migration-changed': {
    status: null,
    title: 'A migration differs from the one applied',
    message:
      'Migration {name} was applied with other contents. Restore its file, and put the change into a new migration.',
  },
  'schema-newer': {
    status: null,
    title: 'The database is ahead of this runner',
    message:
      'The database has migration {name}, which this runner does not know. Start the newer version of the runner, or restore the backup that was made before the upgrade.',
  },
  'address-in-use': {
    status: null,
    title: 'The address is taken',
    message: 'Another program listens on {host}:{port}. Stop it, or choose another with PORT.',
  },
  'address-unusable': {
    status: null,
    title: 'The address cannot be listened on',
    message: '{host}:{port} cannot be opened: {reason}. Choose another with HOST and PORT.',
  },
  'uncontained-host': {
    status: null,
    title: 'Learner code would run uncontained',
    message:
      'HOST is {host}, and this machine has no sandbox, so everyone who reaches it could run code on it. Install the sandbox (“npm run doctor” says how), or use HOST=127.0.0.1.',
  },
} as const satisfies Record<string, Definition>;

export type ErrorCode = keyof typeof errorCatalogue;

export type ServiceErrorOptions = {
  cause?: unknown;
  /** One entry a field or file that is at fault. */
  errors?: readonly { path: string; message: string }[];
  /** Seconds after which trying again makes sense, for the `Retry-After` header. */
  retryAfter?: number;
};

/** An error with a permanent code and a message made for the person who meets it. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: ErrorCode;
  readonly status: number | null;
  readonly title: string;
  readonly errors: readonly { path: string; message: string }[] | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, params: Params = {}, options: ServiceErrorOptions = {}) {
    const { message, status, title } = errorCatalogue[code];
    super(fill(message, params), options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = status;
    this.title = title;
    this.errors = options.errors;
    this.retryAfter = options.retryAfter;
  }
}

// A name without a parameter stays as it is: “Bearer {key}” is meant literally.
function fill(template: string, params: Params): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}
