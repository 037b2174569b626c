import type { Server } from 'node:http';
import express, { type Express } from 'express';
import type { Events } from '../../app/contract';
import type { Auth } from '../../platform/auth';
import { type Clock, systemClock } from '../../platform/clock';
import type { WholeEventBus } from '../../platform/events';
import type { Log } from '../../platform/logs';
import { type ReverseProxy, withoutProxy } from '../../platform/reverse-proxy';
import { AppError, type ErrorFamily, type Route } from '../../rpc';
import { apiRouter, needsAccess } from './api';
import { docs } from './docs';
import { errorMapper, notFound } from './error-body';
import { familiesByName, familyFinder } from './error-families';
import { createEventStream, type StreamEvent } from './events';
import {
  authenticate,
  csrfCheck,
  forwarded,
  type HostPolicy,
  hostCheck,
  limitUnanswered,
  markWebhooks,
  rateLimits,
  requestLimits,
  securityHeaders,
} from './guards';
import { addressesFor, isLoopback, listenOn, portOf, type Timeouts } from './listen';
import { page } from './page';
import { requestLog } from './request-log';

export interface HttpServerOptions {
  routes: readonly Route[];
  /** Those that the routes name. */
  errorFamilies: readonly ErrorFamily[];
  auth: Auth;
  events: WholeEventBus<Events>;
  log: Log;
  version: string;
  /** Folder of the built page. */
  ui?: string;
  /** An address of this machine; loopback unless the person chose otherwise. */
  listen?: string;
  /** 0 takes a free one. */
  port: number;
  /** Names, path and proxies before us; none unless it is given. */
  reverseProxy?: ReverseProxy;
  /** Everyone who reaches the port may do everything, as `--insecure-no-auth` says. */
  isOpenToAll?: boolean;
  /** The state that a new listener of the event stream is told first. */
  snapshot?: () => readonly StreamEvent[] | Promise<readonly StreamEvent[]>;
  clock?: Clock;
  /** How long clients may take; for tests, which cannot wait half a minute. */
  timeouts?: Timeouts;
}

const CLOSE_TIMEOUT_MS = 2_000;

/**
 * The HTTP server. `listen` opens its port, `close` ends the streams and lets running answers finish. Throws for a route
 * whose error family is unknown.
 */
export function createHttpServer(options: HttpServerOptions) {
  const listen = options.listen ?? '127.0.0.1';
  const { allowedHosts } = options.reverseProxy ?? withoutProxy;
  const policy: HostPolicy = { port: options.port, isLan: !isLoopback(listen), allowedHosts };
  const stream = createEventStream(options);
  const app = buildApp(options, policy, stream);
  let servers: Server[] = [];

  return {
    /** Throws `forbidden` when other machines could come in and no password is set, `conflict` for a taken port. */
    async listen(): Promise<{ port: number; addresses: string[] }> {
      if (policy.isLan && !options.isOpenToAll && !options.auth.passwords.isSet())
        throw new AppError(
          'forbidden',
          `Listening on ${listen} lets other machines in, and no password is set. Set one with "nom password set" first.`,
        );
      const addresses = addressesFor(listen);
      const { trusts } = options.reverseProxy ?? withoutProxy;
      servers = await listenOn(addresses, options.port, app, { timeouts: options.timeouts, trusts });
      policy.port = portOf(servers[0]);
      return { port: policy.port, addresses };
    },
    async close(): Promise<void> {
      stream.close();
      const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
      const timeout = setTimeout(() => {
        for (const server of servers) server.closeAllConnections();
      }, CLOSE_TIMEOUT_MS);
      await Promise.all(closed);
      clearTimeout(timeout);
      servers = [];
    },
  };
}

/** The order of the steps is the order of the checks; each relies on those before it. */
function buildApp(
  options: HttpServerOptions,
  policy: HostPolicy,
  stream: ReturnType<typeof createEventStream>,
): Express {
  const { routes, auth, log, reverseProxy: proxy = withoutProxy } = options;
  const families = familiesByName(routes, options.errorFamilies);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', proxy.trusts);
  app.use(forwarded(proxy));
  app.use(markWebhooks(routes));
  app.use(hostCheck(() => policy, log));
  app.use(securityHeaders);
  app.use(requestLog(log));
  app.use(requestLimits(largeBodiesOf(routes)));
  app.use(page(options.ui));
  app.use(limitUnanswered());
  app.use(authenticate(auth, options.isOpenToAll ?? false));
  app.use(rateLimits(options.clock ?? systemClock, enqueuePathsOf(routes)));
  app.use(docs(routes, options.version, families));
  app.use(csrfCheck(proxy.allowedHosts));
  app.get(['/api/web/events/status', '/web/api/events/status'], stream.admit, needsAccess('read'), stream.open);
  app.use(apiRouter(routes));
  app.use(notFound);
  app.use(errorMapper(log, familyFinder(routes, families)));
  return app;
}

/** The paths whose JSON may be larger than others', as those that take files. */
function largeBodiesOf(routes: readonly Route[]): Map<string, number> {
  const large = routes.flatMap(({ procedure: { http, maxJsonBytes } }) =>
    maxJsonBytes === undefined ? [] : http.map((route) => [route.split(' ', 2)[1], maxJsonBytes] as const),
  );
  return new Map(large);
}

function enqueuePathsOf(routes: readonly Route[]): Set<string> {
  return new Set(
    routes
      .filter(({ procedure }) => procedure.access === 'webhook')
      .flatMap(({ procedure }) => procedure.http.map((http) => http.split(' ', 2)[1])),
  );
}
