import type { Clock } from '../clock';
import { digestOf, newSecret } from './secrets';

const MAX_TICKETS = 1000;

/**
 * Secrets that are good once and for a short time, held in memory only. `T` is what the ticket stands for.
 */
export function createTickets<T>(clock: Clock, lifetimeS: number) {
  const open = new Map<string, { value: T; until: number }>();

  return {
    lifetimeS,
    issue(value: T): string {
      const now = clock().getTime();
      for (const [digest, ticket] of open) if (ticket.until <= now) open.delete(digest);
      if (open.size >= MAX_TICKETS) open.delete(open.keys().next().value!);
      const ticket = newSecret();
      open.set(digestOf(ticket).toString('hex'), { value, until: now + lifetimeS * 1000 });
      return ticket;
    },
    /** None of those that are out is good any more. */
    recall: (): void => open.clear(),
    /** What the ticket stands for, the first time it is shown. */
    redeem(ticket: string): T | undefined {
      const digest = digestOf(ticket).toString('hex');
      const found = open.get(digest);
      open.delete(digest);
      return found && found.until > clock().getTime() ? found.value : undefined;
    },
  };
}
