import type { Health } from '../../platform/health';
import type { EventRepository } from './event-repository';

/**
 * Reports to health the folders that no path mapping leads to: one notice for each, withdrawn when no event waits for
 * it any more.
 */
export function createUnmappedNotices(repository: Pick<EventRepository, 'unmapped'>, health: Pick<Health, 'report'>) {
  const reportedPrefixes = new Map<number, readonly string[]>();

  return {
    has: (connectionId: number): boolean => reportedPrefixes.has(connectionId),
    connections: (): number[] => [...reportedPrefixes.keys()],
    /** Brings the notices of a connection up to date. */
    update(connectionId: number): void {
      const unmapped = repository.unmapped(connectionId);
      const prefixes = unmapped.map(({ prefix }) => prefix);
      for (const prefix of reportedPrefixes.get(connectionId) ?? [])
        if (!prefixes.includes(prefix)) health.report(partOf(connectionId, prefix), undefined);
      if (prefixes.length > 0) reportedPrefixes.set(connectionId, prefixes);
      else reportedPrefixes.delete(connectionId);
      for (const { prefix, events } of unmapped) {
        const message = messageOf(prefix, events);
        health.report(partOf(connectionId, prefix), { severity: 'degraded', message });
      }
    },
  };
}

const partOf = (connectionId: number, prefix: string) => `mapping:${connectionId}:${prefix}`;

function messageOf(prefix: string, events: number): string {
  const waiting = events === 1 ? 'an event waits' : `${events} events wait`;
  return `Nothing says where the folder ${prefix} of a connected server lies here; ${waiting} for that. Add a path mapping under Connections.`;
}
