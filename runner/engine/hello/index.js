// What runs in the image testcontainers/helloworld here: a small HTTP server for tests that are about containers rather
// than about a database. It answers what the images of that name and of cristianrgreco/testcontainer answer, and runs
// in a sandbox, with the sandbox's own Node and nothing of this project.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

const folder = '/etc/hello';
const slowMs = 3000;
const instance = randomUUID();

function reply(response, status, body = '', type = 'text/plain; charset=utf-8') {
  response.writeHead(status, { 'content-type': type }).end(body);
}

function credentials({ authorization = '' }) {
  return Buffer.from(authorization.replace(/^Basic /i, ''), 'base64').toString();
}

const routes = {
  'GET /': (_, response) => reply(response, 200, '<h1>Hello world</h1>', 'text/html; charset=utf-8'),
  'GET /ping': (_, response) => reply(response, 200, 'PONG'),
  'GET /uuid': (_, response) => reply(response, 200, instance),
  'GET /hello-world': (_, response) => reply(response, 200, 'hello-world'),
  'GET /hello-world-delay': (_, response) => setTimeout(reply, slowMs, response, 200, 'hello-world'),
  'POST /hello-world-post': (_, response) => reply(response, 200, 'hello-world'),
  'GET /env': (_, response) => reply(response, 200, JSON.stringify(process.env), 'application/json'),
  'GET /cmd': (_, response) => reply(response, 200, JSON.stringify(process.argv), 'application/json'),
  'GET /auth': ({ headers }, response) => reply(response, credentials(headers) === 'user:pass' ? 200 : 401),
};

function answer(request, response) {
  request.resume();
  const [path = '/'] = (request.url ?? '/').split('?');
  // To a HEAD, Node sends no body by itself.
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const route = routes[`${method} ${path}`];
  if (route) return route(request, response);
  const header = method === 'GET' && /^\/header-or-400\/([^/]+)$/.exec(path)?.[1];
  if (header)
    return reply(response, request.headers[decodeURIComponent(header).toLowerCase()] === undefined ? 400 : 200);
  return reply(response, 404, `Nothing is at ${request.method} ${path}.`);
}

const certificate = { key: readFileSync(`${folder}/localhost.key`), cert: readFileSync(`${folder}/localhost.crt`) };
// The container's own loopback is all that its ports are reached through.
const host = '127.0.0.1';
createServer(answer).listen(8080, host, () => console.log('Listening on port 8080'));
createTlsServer(certificate, answer).listen(8443, host, () => console.log('Listening on secure port 8443'));
