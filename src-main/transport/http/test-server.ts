import { request } from 'node:http';
import { z } from 'zod';
import { EVENTS } from '../../app/contract';
import { authContract, authHandlers, createAuth } from '../../platform/auth';
import { openDatabase } from '../../platform/database';
import { createEventBus } from '../../platform/events';
import { createHealth, healthContract, healthHandlers } from '../../platform/health';
import { logTo } from '../../platform/logs';
import { findReverseProxy, type ReverseProxyChoices } from '../../platform/reverse-proxy';
import { type Route, tonearmErrors } from '../../rpc';
import { procedure } from '../../rpc/procedure';
import { routesOf } from '../../rpc/routes';
import { createHttpServer, type HttpServerOptions } from './server';

/** Names, path and proxies as options would say them. */
export const aProxy = (choices: ReverseProxyChoices) =>
  findReverseProxy(choices, { current: { trusted_proxies: '', allowed_hosts: '', base_path: '' } }, {});

/** Makes a password cost nothing; the real cost has a test of its own. */
const CHEAP = { cost: 2 ** 10, blockSize: 8, parallel: 1 };

/** Stands in for the domains: one procedure of each kind of access. */
const thingsContract = {
  get: procedure({
    http: ['GET /api/web/things/:id', 'GET /api/v1/things/:id'],
    access: 'read',
    summary: 'One thing',
    input: z.object({ id: z.coerce.number<number | string>().int(), colour: z.enum(['red', 'blue']).default('red') }),
    output: z.object({ id: z.number(), colour: z.string() }),
  }),
  stats: procedure({
    http: 'GET /api/web/things/stats',
    access: 'read',
    summary: 'How many things there are',
    input: z.object({}),
    output: z.object({ count: z.number() }),
  }),
  tag: procedure({
    http: 'POST /api/v1/tag',
    access: 'webhook',
    summary: 'Queues a thing',
    input: z.object({ path: z.string(), extra: z.unknown().optional() }),
    output: z.object({ path: z.string() }),
  }),
  event: procedure({
    http: ['POST /api/v1/webhooks/inbound/things/:id', 'PUT /api/v1/webhooks/inbound/things/:id'],
    access: 'webhook',
    summary: 'An event of a thing',
    input: z.object({ id: z.coerce.number<number | string>().int(), format: z.string().optional(), body: z.string() }),
    output: z.object({ id: z.number(), format: z.string().optional(), bytes: z.number() }),
    maxTextBytes: 2 ** 20,
    delivery: 'webhook',
  }),
  upload: procedure({
    http: 'POST /api/web/things/upload',
    access: 'webhook',
    summary: 'Takes a file',
    input: z.object({ content: z.string() }),
    output: z.object({ length: z.number() }),
    maxJsonBytes: 2 ** 20,
  }),
  clear: procedure({
    http: 'POST /api/web/things/clear',
    access: 'full',
    summary: 'Clears all things',
    input: z.object({}),
    output: z.object({ cleared: z.boolean() }),
  }),
  fail: procedure({
    http: 'GET /api/web/things/fail',
    access: 'read',
    summary: 'Breaks',
    input: z.object({}),
    output: z.object({}),
  }),
};

/**
 * A listening server with an authority, a bus and stand-in routes, and `moreRoutes` where they are given; what it logged
 * is in `logged`.
 */
export async function startTestServer({
  moreRoutes = [],
  ...options
}: Partial<HttpServerOptions> & { moreRoutes?: readonly Route[] } = {}) {
  const logged: string[] = [];
  const log = logTo({ write: (line: string) => logged.push(line) }, 'debug');
  const events = createEventBus(EVENTS);
  let now = Date.parse('2026-01-01T00:00:00Z');
  const clock = () => new Date(now);
  const auth = createAuth({ db: openDatabase(':memory:'), clock, cost: CHEAP, delay: async () => {} });
  const report = (name: string, thrown: unknown) => log.error({ err: thrown }, name);
  const info = {
    config: {
      db_path: '/home/someone/tonearm.db',
      models_dir: '/home/someone/models',
      namespace: 'nom',
      api_host: '127.0.0.1',
      api_port: 8356,
      worker_enabled: true,
      worker_enabled_default: true,
      worker_count: 1,
      poll_interval: 0,
      blocking_mode: false,
      blocking_timeout: 3600,
    },
    models: { total_heads: 0, embeddings: [] },
    queue: { depth: 0, counts: { pending: 0, running: 0, done: 0, error: 0 } },
    worker: { enabled: true, alive: true, last_heartbeat: null },
  };
  const routes = [
    ...routesOf('auth', authContract, authHandlers(auth), report),
    ...routesOf(
      'health',
      healthContract,
      healthHandlers(createHealth({ events }), '1.2.3', () => info),
      report,
    ),
    ...routesOf(
      'things',
      thingsContract,
      {
        get: (input) => input,
        stats: () => ({ count: 3 }),
        tag: ({ path }) => ({ path }),
        upload: ({ content }) => ({ length: content.length }),
        event: ({ id, format, body }) => ({ id, format, bytes: Buffer.byteLength(body) }),
        clear: () => ({ cleared: true }),
        fail: () => {
          throw new Error('/home/someone/secret.sql broke');
        },
      },
      report,
    ),
    ...moreRoutes,
  ];
  const errorFamilies = [tonearmErrors];
  const parts = { routes, errorFamilies, auth, events, log, clock };
  const server = createHttpServer({ ...parts, version: '1.2.3', port: 0, ...options });
  const { port } = await server.listen();
  const base = `http://127.0.0.1:${port}`;
  return {
    auth,
    events,
    logged,
    port,
    base,
    server,
    routes,
    passTime: (ms: number) => {
      now += ms;
    },
    key: (scope: 'full' | 'read' | 'webhook' = 'full') => auth.keys.create('test', scope).key,
    get: (path: string, headers: Record<string, string> = {}) => fetch(base + path, { headers }),
    post: (path: string, body: unknown, headers: Record<string, string> = {}) =>
      fetch(base + path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    /** Sends what fetch would not let through, such as another `Host`. */
    raw: (path: string, headers: Record<string, string | string[]>, method = 'GET') =>
      new Promise<{ status: number; body: string }>((resolve, reject) => {
        const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
          let body = '';
          response.on('data', (chunk: Buffer) => {
            body += chunk.toString();
          });
          response.on('end', () => resolve({ status: response.statusCode!, body }));
        });
        sent.on('error', reject);
        sent.end();
      }),
  };
}
export type TestServer = Awaited<ReturnType<typeof startTestServer>>;
