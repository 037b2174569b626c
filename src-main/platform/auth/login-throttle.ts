import { setTimeout as wait } from 'node:timers/promises';
import { AppError, type Caller } from '../../rpc';
import type { Clock } from '../clock';

const WINDOW_MS = 60_000;
const PER_CLIENT = 5;
const LONGEST_WAIT_MS = 15 * 60_000;
const MAX_CLIENTS = 10_000;

/** So many attempts a minute of clients that nobody knows are taken at once; each further one is delayed. */
const UNHURRIED = 20;
const DELAY_EACH_MS = 50;
const LONGEST_DELAY_MS = 2_000;

interface Tally {
  attempts: number[];
  /** How often in a row the limit was reached; each time the wait doubles. */
  refusals: number;
  blockedUntil: number;
}

/** Who tries to log in, as far as it counts. */
export interface Attempter {
  readonly name: string;
  /** Someone who was logged in before, or sits at this machine. */
  readonly isKnown: boolean;
}

/** Whom an attempt counts for: the session or browser that is known, else the address. */
export function attempterOf(caller: Caller): Attempter {
  const { credential, transport, client, knownDevice } = caller;
  if (credential) return { name: `${credential.kind} ${credential.id}`, isKnown: true };
  if (knownDevice !== undefined) return { name: `device ${knownDevice}`, isKnown: true };
  if (client === undefined) return { name: transport, isKnown: true };
  return { name: client, isKnown: ['127.0.0.1', '0:0:0:0::/64'].includes(client) };
}

/**
 * Slows down guessing: five attempts a minute of one client, then a wait of one minute, two, four, up to fifteen. No
 * client can lock another out: when strangers try too often together, each of their attempts only takes longer. A right
 * password forgets the attempts of its client.
 *
 * @param delay for tests, which have no time
 */
export function createLoginThrottle(clock: Clock, delay: (ms: number) => Promise<unknown> = wait) {
  const byClient = new Map<string, Tally>();
  let strangers: number[] = [];

  function tallyOf(client: string): Tally {
    const tally = byClient.get(client) ?? { attempts: [], refusals: 0, blockedUntil: 0 };
    // The newest last, so that the cap forgets the client that was quiet longest.
    byClient.delete(client);
    byClient.set(client, tally);
    if (byClient.size > MAX_CLIENTS) byClient.delete(byClient.keys().next().value!);
    return tally;
  }

  return {
    /**
     * Counts an attempt, and resolves when it may be made. Throws `rate_limited`, with `retryAfterS` in its details, when
     * it may not be made now.
     */
    async attempt({ name, isKnown }: Attempter): Promise<void> {
      const now = clock().getTime();
      const own = tallyOf(name);
      admit(own, now);
      own.attempts.push(now);
      if (isKnown) return;
      strangers = [...strangers.filter((at) => now - at < WINDOW_MS), now].slice(-MAX_CLIENTS);
      const tooMany = strangers.length - UNHURRIED;
      if (tooMany > 0) await delay(Math.min(tooMany * DELAY_EACH_MS, LONGEST_DELAY_MS));
    },
    succeeded({ name }: Attempter): void {
      byClient.delete(name);
    },
  };
}

function admit(tally: Tally, now: number): void {
  if (now < tally.blockedUntil) throw tooMany(tally.blockedUntil - now);
  tally.attempts = tally.attempts.filter((at) => now - at < WINDOW_MS);
  if (tally.attempts.length < PER_CLIENT) {
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
