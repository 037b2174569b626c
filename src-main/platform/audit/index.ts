/**
 * Audit: one line for each thing that was done to accounts, or tried: log-ins, keys, passwords, sessions, restores. Owns
 * the files `audit.log`, `audit.log.1` … in the data folder, which are for people and for programs such as fail2ban.
 */
export { type AuditLog, openAuditLog, silentAudit } from './audit-log';
export { auditHandlers } from './handlers';
export { readAudit } from './read-audit';
