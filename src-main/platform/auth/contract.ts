import { z } from 'zod';
import { Id, procedure } from '../../rpc';

export const KeyScope = z.enum(['full', 'read', 'webhook']);
export type KeyScope = z.infer<typeof KeyScope>;

export const ApiKey = z.object({
  id: z.number().int(),
  name: z.string(),
  scope: KeyScope,
  lastFour: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;

/** A browser or script that logged in with the password or a login link. */
export const Session = z.object({
  id: z.number().int(),
  userAgent: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.string(),
  isCurrent: z.boolean(),
});
export type Session = z.infer<typeof Session>;

/**
 * A new session. With the header `X-App-Request: 1` the token comes as a cookie that scripts cannot read, and
 * `session_token` is empty.
 */
const NewSession = z.object({
  session_token: z.string(),
  /** The same, under the name of the older documents. */
  token: z.string(),
  expires_in: z.number().int(),
  device_token: z.string().optional().describe('Shown only to our page, as a cookie: this browser logged in before'),
});
export const authContract = {
  login: procedure({
    http: ['POST /api/web/auth/login', 'POST /web/api/login'],
    access: 'open',
    summary: 'Exchanges the password for a session',
    input: z.object({ password: z.string().min(1).max(1024) }),
    output: NewSession,
  }),
  redeem: procedure({
    http: 'POST /api/web/auth/ticket',
    access: 'open',
    summary: 'Exchanges the ticket of a login link for a session, once',
    input: z.object({ ticket: z.string().min(1).max(200) }),
    output: NewSession,
  }),
  createTicket: procedure({
    http: 'POST /api/web/auth/tickets',
    access: 'full',
    summary: 'Makes the ticket of a login link: `/#login=TICKET` opens the page without the password, once',
    input: z.object({}),
    output: z.object({ ticket: z.string(), expiresInS: z.number().int() }),
  }),
  createStreamTicket: procedure({
    http: 'POST /api/events/ticket',
    access: 'read',
    summary: 'Makes a ticket for one event stream, for tools that can only open an address: `?ticket=`',
    input: z.object({ topics: z.array(z.string().min(1).max(100)).max(50).default([]) }),
    output: z.object({ ticket: z.string(), expiresInS: z.number().int() }),
  }),
  logout: procedure({
    http: 'POST /api/web/auth/logout',
    access: 'read',
    summary: 'Ends the session that asks',
    input: z.object({}),
    output: z.object({ status: z.literal('success') }),
  }),
  state: procedure({
    http: 'GET /api/web/auth/state',
    access: 'open',
    summary: 'Whether a password is set, and whether the caller is logged in',
    input: z.object({}),
    output: z.object({ hasPassword: z.boolean(), isLoggedIn: z.boolean() }),
  }),
  listKeys: procedure({
    http: 'GET /api/web/auth/keys',
    access: 'full',
    summary: 'The API keys, by their last four characters',
    input: z.object({}),
    output: z.object({ items: z.array(ApiKey) }),
  }),
  createKey: procedure({
    http: 'POST /api/web/auth/keys',
    access: 'full',
    summary: 'Makes an API key and shows it this once',
    input: z.object({ name: z.string().trim().min(1).max(100), scope: KeyScope.default('full') }),
    output: z.object({ key: z.string(), apiKey: ApiKey }),
  }),
  mainKey: procedure({
    http: ['GET /api/web/api-key', 'GET /api/web/auth/api-key'],
    access: 'full',
    summary: 'The key for scripts made for Nomarr, by its last four characters: only its hash is stored',
    input: z.object({}),
    output: z.object({ exists: z.boolean(), api_key: z.string().nullable().describe('…abcd'), key: ApiKey.nullable() }),
  }),
  regenerateMainKey: procedure({
    http: ['POST /api/web/api-key/regenerate', 'POST /api/web/auth/api-key/regenerate'],
    access: 'full',
    summary: 'Makes that key anew and shows it this once; the old one ends',
    input: z.object({}),
    output: z.object({ api_key: z.string(), key: ApiKey }),
  }),
  revokeKey: procedure({
    http: 'DELETE /api/web/auth/keys/:id',
    access: 'full',
    summary: 'Revokes an API key',
    input: z.object({ id: Id }),
    output: z.object({ revoked: z.boolean() }),
  }),
  listSessions: procedure({
    http: 'GET /api/web/auth/sessions',
    access: 'full',
    summary: 'Who is logged in',
    input: z.object({}),
    output: z.object({ items: z.array(Session) }),
  }),
  endSession: procedure({
    http: 'DELETE /api/web/auth/sessions/:id',
    access: 'full',
    summary: 'Logs a session out',
    input: z.object({ id: Id }),
    output: z.object({ ended: z.boolean() }),
  }),
  verifyPassword: procedure({
    http: 'POST /api/web/auth/password/verify',
    access: 'full',
    summary: 'Whether this is the password; attempts are limited as those to log in are',
    input: z.object({ password: z.string().min(1).max(1024) }),
    output: z.object({ isRight: z.boolean() }),
  }),
  setPassword: procedure({
    http: 'POST /api/web/auth/password',
    access: 'full',
    summary: 'Sets the password of the page; all other sessions end, and login links that were not used',
    input: z.object({ password: z.string().min(8, 'at least 8 characters').max(1024) }),
    output: z.object({ status: z.literal('success') }),
  }),
};
