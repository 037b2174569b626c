import type { HandlersOf } from '../../rpc';
import type { AuditEntry, auditContract } from './contract';
import { readAudit } from './read-audit';

/** @param file of the log */
export function auditHandlers(file: string): HandlersOf<typeof auditContract> {
  return {
    list({ limit, before = Number.POSITIVE_INFINITY, events, text }) {
      const names = events.split(',').filter(Boolean);
      const words = text.trim().toLowerCase();
      const items: AuditEntry[] = [];
      for (const entry of readAudit(file)) {
        if (entry.number >= before) continue;
        if (names.length > 0 && !names.includes(entry.event)) continue;
        if (words !== '' && !textOf(entry).includes(words)) continue;
        // One more than is shown tells that there is another page.
        if (items.length === limit) return { items, next: items[limit - 1].number };
        items.push(entry);
      }
      return { items, next: null };
    },
  };
}

const textOf = ({ event, user, from, facts }: AuditEntry) =>
  `${event} ${user} ${from} ${Object.values(facts).join(' ')}`.toLowerCase();
