import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { mayCall } from '../../platform/auth';
import type { Access, Route } from '../../rpc';
import { AppError, guardJson } from '../../rpc';
import { sendJson } from './compression';
import { callerOf, contextOf, limitLargeBodies, MAX_BODY_BYTES, readText, setCookie, webhookInput } from './guards';
import { inputOf } from './route-input';

const COOKIE_LIFETIME_MS = 30 * 86_400_000;
const DEVICE_LIFETIME_MS = 365 * 86_400_000;

const readJson = (limit: number) =>
  express.json({
    limit,
    inflate: false,
    type: 'application/json',
    // The parser would decode any charset; the guard has looked at this one.
    verify: (_request, _response, body, charset) => {
      if (charset !== 'utf-8') throw new AppError('unsupported_media', 'Send JSON as UTF-8.');
      guardJson(body.toString('utf8'));
    },
  });

interface Endpoint {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  path: string;
  route: Route;
}

/** Every route at every path it answers on; 405 for the other methods there. */
export function apiRouter(routes: readonly Route[]): Router {
  const router = express.Router({ caseSensitive: true });
  const endpoints = endpointsOf(routes);
  const fewAtOnce = limitLargeBodies();
  for (const { method, path, route } of endpoints)
    router[method](
      path,
      needsAccess(route.procedure.access),
      fewAtOnce(maxBytesOf(route)),
      readerFor(route),
      answer(route),
    );
  for (const path of new Set(endpoints.map((endpoint) => endpoint.path))) {
    const methods = endpoints.filter((endpoint) => endpoint.path === path).map(({ method }) => method.toUpperCase());
    router.all(path, refuseMethod(methods));
  }
  return router;
}

const maxBytesOf = ({ procedure: { maxTextBytes, maxJsonBytes } }: Route): number =>
  maxTextBytes ?? maxJsonBytes ?? MAX_BODY_BYTES;

function readerFor(route: Route): RequestHandler {
  return (route.procedure.maxTextBytes === undefined ? readJson : readText)(maxBytesOf(route));
}

/** `/tracks/search` before `/tracks/:id`, whatever the order in the contract. */
function endpointsOf(routes: readonly Route[]): Endpoint[] {
  const endpoints = routes.flatMap((route) =>
    route.procedure.http.map((http) => {
      const [method, path] = http.split(' ', 2);
      return { method: method.toLowerCase() as Endpoint['method'], path, route };
    }),
  );
  const order = ({ path }: Endpoint) => path.replaceAll(/:\w+/g, '~');
  return endpoints.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** Refuses a caller without the right for this, before a body is read. */
export function needsAccess(access: Access): RequestHandler {
  return (_request, response, next) => {
    const { identity } = contextOf(response);
    if (mayCall(access, identity?.scope)) return next();
    if (!identity)
      throw new AppError(
        'unauthorized',
        'Log in, or show an API key as "Authorization: Bearer …" or "X-Api-Key: …". Keys are made in the settings, or with "nom key create".',
      );
    throw new AppError('forbidden', `This key may only do what its scope "${identity.scope}" allows.`);
  };
}

function refuseMethod(methods: readonly string[]): RequestHandler {
  return (request, response) => {
    response.set('Allow', methods.join(', '));
    throw new AppError('method_not_allowed', `${request.path} answers ${methods.join(' and ')} only.`);
  };
}

function answer(route: Route): RequestHandler {
  return async (request, response) => {
    const { procedure } = route;
    const isText = procedure.maxTextBytes !== undefined;
    const input = isText ? webhookInput(request, procedure) : inputOf(request, procedure.input);
    const outcome = await route.call(input, callerOf(request, response));
    if (!outcome.ok) {
      const { code, message, details } = outcome.error;
      throw new AppError(code, message, { details });
    }
    const body = withCookie(route, outcome.value, request, response);
    response.status(procedure.status);
    if (procedure.status === 204) response.end();
    else await sendJson(request, response, body);
  };
}

/** Our own page gets the token of a new session as a cookie, where no script can read it. */
function withCookie(route: Route, value: unknown, request: Request, response: Response): unknown {
  if (route.name === 'auth.logout') setCookie(request, response, 'session', null);
  const { session_token: token, device_token: device, ...rest } = (value ?? {}) as Record<string, unknown>;
  if (typeof token !== 'string') return value;
  if (request.get('x-app-request') !== '1') return { ...rest, session_token: token };
  setCookie(request, response, 'session', token, COOKIE_LIFETIME_MS);
  if (typeof device === 'string') setCookie(request, response, 'device', device, DEVICE_LIFETIME_MS);
  return { ...rest, session_token: '', token: '' };
}
