import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit, type Store } from 'express-rate-limit';
import { digestOf } from '../auth';
import type { Clock } from '../clock';
import { AppError } from '../errors';
import { presentedCredential } from './credentials';
import { isInbound } from './inbound';

const MOST_COUNTERS = 10_000;

/** Twenty calls a second, and a burst of a hundred. */
const API = { windowMs: 5_000, limit: 100 };
/** The same pace for what queues work, but a burst that holds the import of a whole discography. */
const ENQUEUE = { windowMs: 15_000, limit: 300 };
/** An event that is refused is lost, and a library that is imported anew brings thousands. */
const INBOUND = { windowMs: 60_000, limit: 20_000 };

/** Limits calls by the credential they show, or by address without one. `enqueuePaths` have room for larger bursts. */
export function rateLimits(clock: Clock, enqueuePaths: ReadonlySet<string>): RequestHandler {
  const api = limiter(API, clock);
  const enqueue = limiter(ENQUEUE, clock);
  const inbound = limiter(INBOUND, clock);
  const limitOf = (request: Request) => (isInbound(request) ? inbound : enqueuePaths.has(request.path) ? enqueue : api);
  return (request, response, next) => limitOf(request)(request, response, next) as unknown as undefined;
}

function limiter({ windowMs, limit }: { windowMs: number; limit: number }, clock: Clock): RequestHandler {
  return rateLimit({
    windowMs,
    limit,
    store: createCounters(clock, windowMs),
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (request) => {
      const presented = presentedCredential(request);
      return presented ? digestOf(presented.secret).toString('base64') : ipKeyGenerator(request.ip ?? '');
    },
    handler: (_request, _response, next) => {
      const retryAfterS = Math.ceil(windowMs / 1000);
      next(
        new AppError('rate_limited', `Too many calls: ${limit} in ${retryAfterS} seconds are the limit.`, {
          details: [{ retryAfterS }],
        }),
      );
    },
  });
}

/** Counters in memory; the one that is oldest is forgotten when there are too many. */
function createCounters(clock: Clock, windowMs: number): Store {
  const counters = new Map<string, { totalHits: number; resetTime: Date }>();
  return {
    localKeys: true,
    increment(key) {
      const now = clock().getTime();
      const known = counters.get(key);
      if (known && known.resetTime.getTime() > now) {
        known.totalHits += 1;
        return known;
      }
      const fresh = { totalHits: 1, resetTime: new Date(now + windowMs) };
      counters.delete(key);
      counters.set(key, fresh);
      if (counters.size > MOST_COUNTERS) counters.delete(counters.keys().next().value!);
      return fresh;
    },
    decrement(key) {
      const known = counters.get(key);
      if (known) known.totalHits -= 1;
    },
    resetKey: (key) => void counters.delete(key),
  };
}
