import { AppError } from '../../rpc';
import type { Clock } from '../clock';

const WINDOW_MS = 60_000;
const PER_ADDRESS = 5;
const IN_TOTAL = 20;
const LONGEST_WAIT_MS = 15 * 60_000;
const MAX_ADDRESSES = 10_000;

interface Tally {
  attempts: number[];
  /** How often in a row the limit was reached; each time the wait doubles. */
  refusals: number;
  blockedUntil: number;
}

/**
 * Slows down guessing: five attempts a minute from one address and twenty from all together, then a wait of one
 * minute, two, four, up to fifteen. A right password forgets the attempts of its address.
 */
export function createLoginThrottle(clock: Clock) {
  const byAddress = new Map<string, Tally>();
  const total = newTally();

  function tallyOf(address: string): Tally {
    const tally = byAddress.get(address) ?? newTally();
    // The newest last, so that the cap forgets the address that was quiet longest.
    byAddress.delete(address);
    byAddress.set(address, tally);
    if (byAddress.size > MAX_ADDRESSES) byAddress.delete(byAddress.keys().next().value!);
    return tally;
  }

  return {
    /** Counts an attempt. Throws `rate_limited`, with `retryAfterS` in its details, when it may not be made now. */
    attempt(address: string): void {
      const now = clock().getTime();
      const own = tallyOf(address);
      admit(own, PER_ADDRESS, now);
      admit(total, IN_TOTAL, now);
      own.attempts.push(now);
      total.attempts.push(now);
    },
    succeeded(address: string): void {
      const own = byAddress.get(address);
      byAddress.delete(address);
      total.attempts = total.attempts.filter((at) => !own?.attempts.includes(at));
      total.refusals = 0;
    },
  };
}

function admit(tally: Tally, limit: number, now: number): void {
  if (now < tally.blockedUntil) throw tooMany(tally.blockedUntil - now);
  tally.attempts = tally.attempts.filter((at) => now - at < WINDOW_MS);
  if (tally.attempts.length < limit) {
    if (now - tally.blockedUntil > LONGEST_WAIT_MS) tally.refusals = 0;
    return;
  }
  const wait = Math.min(WINDOW_MS * 2 ** tally.refusals, LONGEST_WAIT_MS);
  tally.refusals += 1;
  tally.blockedUntil = now + wait;
  throw tooMany(wait);
}

function tooMany(waitMs: number): AppError {
  const seconds = Math.ceil(waitMs / 1000);
  return new AppError('rate_limited', `Too many attempts to log in. Try again in ${seconds} seconds.`, {
    details: [{ retryAfterS: seconds }],
  });
}

function newTally(): Tally {
  return { attempts: [], refusals: 0, blockedUntil: 0 };
}
