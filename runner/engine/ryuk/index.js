// What runs in the image testcontainers/ryuk here: Ryuk's protocol, spoken to the engine on the socket that it is mounted.
// A client sends lines such as `label=org.testcontainers.session-id=X` and gets `ACK` for each. When the last client has
// gone and none has come back in time, what bears one of these labels is removed.
import { request } from 'node:http';
import { createServer } from 'node:net';

const socketPath = '/var/run/docker.sock';
const connectionTimeout = milliseconds(process.env.RYUK_CONNECTION_TIMEOUT, 60_000);
const reconnectionTimeout = milliseconds(process.env.RYUK_RECONNECTION_TIMEOUT, 10_000);

/** Nothing that a client has to say is longer; the engine takes no longer address either. */
const longestLine = 16 << 10;
const mostFilters = 1_000;

/** Each is the filter of one line: all of its labels together. */
const wanted = new Map();
let clients = 0;
let end;

/** Reads a duration as Go writes it, such as 30s or 1m30s. */
function milliseconds(text, fallback) {
  const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
  const parts = [...(text ?? '').matchAll(/([0-9.]+)(ms|s|m|h)/g)];
  return parts.length === 0 ? fallback : parts.reduce((sum, [, number, unit]) => sum + Number(number) * units[unit], 0);
}

function call(method, path) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    request({ socketPath, method, path }, (response) => {
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (response.statusCode < 300) resolve(text === '' ? undefined : JSON.parse(text));
        else reject(new Error(`${method} ${path}: ${text}`));
      });
    })
      .on('error', reject)
      .end();
  });
}

async function prune() {
  for (const labels of wanted.values())
    await pruneOne(labels).catch((error) => console.error(`not pruned: ${error.message}`));
}

async function pruneOne(labels) {
  const filters = encodeURIComponent(JSON.stringify({ label: labels }));
  for (const { Id, Labels } of await call('GET', `/containers/json?all=1&filters=${filters}`)) {
    if (Labels['org.testcontainers.ryuk'] !== 'true') await remove(`/containers/${Id}?force=1&v=1`);
  }
  for (const { Id } of await call('GET', `/networks?filters=${filters}`)) await remove(`/networks/${Id}`);
}

function remove(path) {
  return call('DELETE', path).then(
    () => console.log(`removed ${path}`),
    (error) => console.error(`not removed: ${error.message}`),
  );
}

function waitFor(ms) {
  clearTimeout(end);
  end = setTimeout(async () => {
    await prune();
    process.exit(0);
  }, ms);
}

function take(client, line) {
  const labels = new URLSearchParams(line).getAll('label');
  if (labels.length > 0 && wanted.size < mostFilters) wanted.set(line, labels);
  // Whoever reads none of the answers gets no more of them.
  if (!client.write('ACK\n') && !client.isPaused()) {
    client.pause();
    client.once('drain', () => client.resume());
  }
}

const server = createServer((client) => {
  clearTimeout(end);
  clients++;
  client.on('error', () => client.destroy());
  let rest = '';
  client.setEncoding('utf8').on('data', (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    if (rest.length > longestLine) client.destroy();
    for (const line of lines) take(client, line.trim());
  });
  client.once('close', () => {
    if (--clients === 0) waitFor(reconnectionTimeout);
  });
});
server.listen(8080, '127.0.0.1', () => {
  console.log('Started');
  waitFor(connectionTimeout);
});
