import type { Request, RequestHandler, Response } from 'express';
import { rateLimit, type Store } from 'express-rate-limit';
import type { Clock } from '../../../platform/clock';
import { AppError } from '../../../rpc';
import { contextOf, type RequestContext } from './context';
import { ANYONE } from './credentials';

const MAX_BUCKETS = 10_000;

/** A bucket that holds `burst` calls when it is full, and fills up by `perSecond`. */
interface Limit {
  readonly perSecond: number;
  readonly burst: number;
}
const API: Limit = { perSecond: 20, burst: 100 };
/** What looks through the whole library; typing asks a few times a second. */
const SEARCH: Limit = { perSecond: 10, burst: 30 };
/** What queues work answers soon and does it later: ten thousand files, one call each, are all taken. */
const ENQUEUE: Limit = { perSecond: 170, burst: 10_000 };
/** An event that is refused is lost, and a library that is imported anew brings thousands. */
const WEBHOOK: Limit = { perSecond: 330, burst: 20_000 };

/**
 * Limits calls by the credential that they have proven, or by client without one: whoever makes up keys gains nothing.
 * `enqueuePaths` have room for larger bursts of those who may queue. Goes after what finds out who asks.
 */
export function rateLimits(clock: Clock, enqueuePaths: ReadonlySet<string>): RequestHandler {
  const api = limiter(API, clock);
  const search = limiter(SEARCH, clock);
  const enqueue = limiter(ENQUEUE, clock);
  const webhook = limiter(WEBHOOK, clock);
  const limitOf = (request: Request, response: Response) => {
    const { identity, isWebhook } = contextOf(response);
    if (!identity) return api;
    if (isWebhook) return webhook;
    if (enqueuePaths.has(request.path)) return enqueue;
    return isSearch(request) ? search : api;
  };
  return (request, response, next) => limitOf(request, response)(request, response, next) as unknown as undefined;
}

const isSearch = ({ path, query }: Request) => Boolean(query.query) || path.endsWith('/search');

function limiter(limit: Limit, clock: Clock): RequestHandler {
  return rateLimit({
    // The time in which an empty bucket is full again; only told to clients.
    windowMs: (limit.burst / limit.perSecond) * 1000,
    limit: limit.burst,
    store: createBuckets(limit, clock),
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (_request, response) => whoOf(contextOf(response)),
    handler: (_request, _response, next) => {
      const retryAfterS = Math.ceil(1 / limit.perSecond);
      next(
        new AppError(
          'rate_limited',
          `Too many calls: ${limit.perSecond} a second are the limit, and ${limit.burst} at once.`,
          { details: [{ retryAfterS }] },
        ),
      );
    },
  });
}

/** Whose call it is. Where everyone may do everything, that alone says nothing. */
export function whoOf({ identity, knownDevice, client }: RequestContext): string {
  const { kind, id } = identity?.credential ?? {};
  if (kind && id !== ANYONE.credential.id) return `${kind} ${id}`;
  return knownDevice === undefined ? `client ${client}` : `device ${knownDevice}`;
}

/** Buckets in memory; the one that was not used for the longest time is forgotten when there are too many. */
function createBuckets({ perSecond, burst }: Limit, clock: Clock): Store {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    localKeys: true,
    increment(key) {
      const now = clock().getTime();
      const known = buckets.get(key) ?? { tokens: burst, at: now };
      const passedS = Math.max(0, now - known.at) / 1000;
      const tokens = Math.min(burst, known.tokens + passedS * perSecond);
      const isAllowed = tokens >= 1;
      const left = isAllowed ? tokens - 1 : tokens;
      buckets.delete(key);
      buckets.set(key, { tokens: left, at: now });
      if (buckets.size > MAX_BUCKETS) buckets.delete(buckets.keys().next().value!);
      const resetTime = new Date(now + ((burst - left) / perSecond) * 1000);
      return { totalHits: isAllowed ? Math.ceil(burst - left) : burst + 1, resetTime };
    },
    // A failed call counts too: it was work as well.
    decrement: () => {},
    resetKey: (key) => void buckets.delete(key),
  };
}
