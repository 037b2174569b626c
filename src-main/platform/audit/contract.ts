import { z } from 'zod';
import { procedure, upTo } from '../../rpc';

/** What can happen to accounts. The names stand in files that other programs read: they stay. */
export const AuditEvent = z.enum([
  'login',
  'login.failed',
  'login.blocked',
  'login.code-asked',
  'logout',
  'login-link.created',
  'session.ended',
  'sessions.ended',
  'identity.confirmed',
  'identity.refused',
  'password.changed',
  'key.created',
  'key.revoked',
  'key.refused',
  'authenticator.added',
  'authenticator.removed',
  'recovery-codes.renewed',
  'passkey.added',
  'passkey.removed',
  'setting.changed',
  'backup.restored',
]);
export type AuditEvent = z.infer<typeof AuditEvent>;

export const AuditEntry = z.object({
  /** Counts up from 1, over all files. */
  number: z.number().int(),
  at: z.string(),
  event: AuditEvent,
  user: z.string().describe('owner, key:3, window, local, or - where nobody is known'),
  from: z.string().describe('an address, or - where none is known'),
  facts: z.record(z.string(), z.string()),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const auditContract = {
  list: procedure({
    http: 'GET /api/web/audit',
    access: 'full',
    summary: 'What was done to accounts, or tried: log-ins, keys, passwords, sessions, restores; newest first',
    input: z.object({
      limit: upTo(200, 50),
      before: z.coerce.number<number | string>().int().min(1).optional().describe('`next` of the page before'),
      events: z.string().max(400).default('').describe('names of events, with commas between them; none is all'),
      text: z.string().max(100).default('').describe('a part of an address, a name or a fact'),
    }),
    output: z.object({ items: z.array(AuditEntry), next: z.number().int().nullable() }),
  }),
};
