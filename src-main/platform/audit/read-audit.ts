import { readFileSync } from 'node:fs';
import { entryOf } from './audit-line';
import { auditFiles } from './audit-log';
import type { AuditEntry } from './contract';

/** The entries of the log, newest first, file by file: whoever has enough leaves the older files unread. */
export function* readAudit(file: string): Generator<AuditEntry> {
  for (const each of auditFiles(file)) {
    const lines = readFileSync(each, 'utf8').split('\n');
    for (const line of lines.reverse()) {
      const entry = entryOf(line);
      if (entry) yield entry;
    }
  }
}
