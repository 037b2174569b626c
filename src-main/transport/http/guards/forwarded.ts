import { isIP } from 'node:net';
import type { Request, RequestHandler, Response } from 'express';
import { clientGroup } from '../../../platform/auth';
import type { ReverseProxy } from '../../../platform/reverse-proxy';
import { contextOf } from './context';

const PREFIX = /^(\/[\w.~-]+)+$/;

/**
 * Finds out for whom a request asks and below which path we are shown: from the proxy before us where it is trusted, and
 * from the connection else. A path that the proxy left before ours is taken off. Goes before everything that asks.
 */
export function forwarded(proxy: ReverseProxy): RequestHandler {
  return (request, response, next) => {
    const context = contextOf(response);
    const peer = request.socket.remoteAddress;
    context.isViaProxy = proxy.trusts(peer) && isForwarded(request);
    context.isForwarded = isForwarded(request);
    context.address = isIP(request.ip ?? '') === 0 ? (peer ?? '') : request.ip!;
    const group = clientGroup(context.address);
    context.client = context.isForwarded && !context.isViaProxy ? `behind ${group}` : group;
    const base = proxy.basePath();
    const [path, ...query] = request.originalUrl.split('?');
    if (base && path === base) return redirectTo(response, [`.${base.slice(base.lastIndexOf('/'))}/`, ...query]);
    const isBelow = base !== '' && path.startsWith(`${base}/`);
    if (isBelow) request.url = request.originalUrl.slice(base.length);
    context.basePath = isBelow || context.isViaProxy ? publicPath(request, response, base) : '';
    next();
  };
}

const isForwarded = ({ headers }: Request): boolean =>
  ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'forwarded', 'via'].some(
    (name) => headers[name] !== undefined,
  );

/** Proxies that take a path off say which in a header; one that was chosen for us goes first. */
function publicPath(request: Request, response: Response, base: string): string {
  if (base) return base;
  const prefix = contextOf(response).isViaProxy ? request.get('x-forwarded-prefix')?.replace(/\/+$/, '') : undefined;
  return prefix && PREFIX.test(prefix) && prefix.length <= 200 ? prefix : '';
}

/** Relative, so that it holds behind whatever stands before us. */
function redirectTo(response: Response, parts: readonly string[]): void {
  response.redirect(308, parts.join('?'));
}

/** The names by which a request asks for us: what it says itself, and what a trusted proxy says it was asked. */
export function hostsOf(request: Request, response: Response): (string | undefined)[] {
  const hosts = contextOf(response).isViaProxy ? request.get('x-forwarded-host') : undefined;
  return [request.headers.host, ...(hosts?.split(',').map((name) => name.trim()) ?? [])];
}
