import type { Caller } from '../../rpc';
import type { AuditLog } from '../audit';
import type { Clock } from '../clock';
import { addressOf } from './callers';
import { attempterOf, type createLoginThrottle } from './login-throttle';

const BLOCKED_LINE_MS = 60_000;
const MAX_ADDRESSES = 1000;

interface AttemptsDeps {
  readonly throttle: ReturnType<typeof createLoginThrottle>;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

/** Counts whoever gives a password, a code or a passkey, and slows down guessing. */
export function createAttempts({ throttle, audit, clock }: AttemptsDeps) {
  const lines = new Map<string, number>();

  /** Once a minute and address: no flood drives the other lines out of the log. */
  function noteBlocked(caller: Caller): void {
    const address = addressOf(caller);
    const now = clock().getTime();
    const last = lines.get(address);
    if (last !== undefined && now - last < BLOCKED_LINE_MS) return;
    lines.delete(address);
    lines.set(address, now);
    if (lines.size > MAX_ADDRESSES) lines.delete(lines.keys().next().value!);
    audit.note('login.blocked', caller, { why: 'too many attempts', agent: caller.userAgent }, 'owner');
  }

  return {
    /** Resolves when the attempt may be made. Throws `rate_limited` when it may not. */
    async count(caller: Caller): Promise<void> {
      try {
        await throttle.attempt(attempterOf(caller));
      } catch (thrown) {
        noteBlocked(caller);
        throw thrown;
      }
    },
    succeeded: (caller: Caller): void => throttle.succeeded(attempterOf(caller)),
  };
}
export type Attempts = ReturnType<typeof createAttempts>;
