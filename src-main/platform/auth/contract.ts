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
  /** From which it was used last; empty where that is not known. */
  address: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.string(),
  isCurrent: z.boolean(),
});
export type Session = z.infer<typeof Session>;

export const Passkey = z.object({
  id: z.number().int(),
  name: z.string(),
  /** The name under which the page has to be opened for it. */
  host: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
});
export type Passkey = z.infer<typeof Passkey>;

/** How the owner's account is guarded, and what guards the passwords of other servers. */
const AccountState = z.object({
  hasPassword: z.boolean(),
  authenticatorSince: z.string().nullable(),
  recoveryCodesLeft: z.number().int(),
  passkeys: z.array(Passkey),
  /** Whether the caller has to prove who they are before anything that could lock the owner out. */
  isConfirmed: z.boolean(),
  secrets: z.object({
    scheme: z
      .enum(['os', 'file', 'phrase'])
      .describe('the system, the file secret.key, or a phrase of the environment'),
    warning: z.string().nullable(),
  }),
});
export type AccountState = z.infer<typeof AccountState>;

const Password = z.string().min(1).max(1024);
const NewPassword = z.string().min(8, 'at least 8 characters').max(1024);
/** What `navigator.credentials` wants and gives, as JSON; its fields are those of WebAuthn. */
const BrowserCredential = z.record(z.string(), z.unknown());
const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()).describe('shown this once') });
const Success = z.object({ status: z.literal('success') });

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
    summary: 'Exchanges the password, and the code where a second factor is on, for a session',
    input: z.object({
      password: Password,
      code: z.string().max(50).optional().describe('of the authenticator app, or a recovery code'),
    }),
    output: NewSession,
  }),
  passkeyOptions: procedure({
    http: 'POST /api/web/auth/passkey/options',
    access: 'open',
    summary: 'What a browser needs to show a passkey',
    input: z.object({}),
    output: z.object({ options: BrowserCredential }),
  }),
  passkeyLogin: procedure({
    http: 'POST /api/web/auth/passkey/login',
    access: 'open',
    summary: 'Exchanges what a passkey signed for a session',
    input: z.object({ response: BrowserCredential }),
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
    output: Success,
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
    needsConfirmation: true,
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
    needsConfirmation: true,
    summary: 'Makes that key anew and shows it this once; the old one ends',
    input: z.object({}),
    output: z.object({ api_key: z.string(), key: ApiKey }),
  }),
  revokeKey: procedure({
    http: 'DELETE /api/web/auth/keys/:id',
    access: 'full',
    needsConfirmation: true,
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
    needsConfirmation: true,
    summary: 'Logs a session out',
    input: z.object({ id: Id }),
    output: z.object({ ended: z.boolean() }),
  }),
  endOtherSessions: procedure({
    http: 'DELETE /api/web/auth/sessions',
    access: 'full',
    needsConfirmation: true,
    summary: 'Logs everybody out but the session that asks',
    input: z.object({}),
    output: z.object({ ended: z.number().int() }),
  }),
  verifyPassword: procedure({
    http: 'POST /api/web/auth/password/verify',
    access: 'full',
    summary: 'Whether this is the password; attempts are limited as those to log in are',
    input: z.object({ password: Password }),
    output: z.object({ isRight: z.boolean() }),
  }),
  setPassword: procedure({
    http: 'POST /api/web/auth/password',
    access: 'full',
    summary: 'Sets the password of the page; all other sessions end, and login links that were not used',
    input: z.object({
      password: NewPassword,
      currentPassword: Password.optional().describe('needed over HTTP where one is set'),
    }),
    output: Success,
  }),
  account: procedure({
    http: 'GET /api/web/auth/account',
    access: 'full',
    summary: 'How the log-in is guarded: password, second factor, passkeys',
    input: z.object({}),
    output: AccountState,
  }),
  confirmOptions: procedure({
    http: 'POST /api/web/auth/confirm/options',
    access: 'full',
    summary: 'What a browser needs to show a passkey for `confirm`',
    input: z.object({}),
    output: z.object({ options: BrowserCredential }),
  }),
  confirm: procedure({
    http: 'POST /api/web/auth/confirm',
    access: 'full',
    summary: 'Proves once more who holds the session, by password or passkey; good for ten minutes',
    input: z.object({ password: Password.optional(), response: BrowserCredential.optional() }),
    output: Success,
  }),
  proposeAuthenticator: procedure({
    http: 'POST /api/web/auth/authenticator/propose',
    access: 'full',
    needsConfirmation: true,
    summary: 'A secret for an authenticator app; it counts once a code of it was given',
    input: z.object({}),
    output: z.object({ secret: z.string(), uri: z.string() }),
  }),
  addAuthenticator: procedure({
    http: 'POST /api/web/auth/authenticator',
    access: 'full',
    needsConfirmation: true,
    summary: 'Asks for the codes of an authenticator app from now on, beside the password',
    input: z.object({ secret: z.string().regex(/^[A-Z2-7]{32}$/), code: z.string().max(20) }),
    output: RecoveryCodes,
  }),
  removeAuthenticator: procedure({
    http: 'DELETE /api/web/auth/authenticator',
    access: 'full',
    needsConfirmation: true,
    summary: 'Asks for the password alone again',
    input: z.object({}),
    output: z.object({ removed: z.boolean() }),
  }),
  renewRecoveryCodes: procedure({
    http: 'POST /api/web/auth/recovery-codes',
    access: 'full',
    needsConfirmation: true,
    summary: 'Ten new recovery codes; those from before are good no more',
    input: z.object({}),
    output: RecoveryCodes,
  }),
  newPasskeyOptions: procedure({
    http: 'POST /api/web/auth/passkeys/options',
    access: 'full',
    needsConfirmation: true,
    summary: 'What a browser needs to make a passkey',
    input: z.object({}),
    output: z.object({ options: BrowserCredential }),
  }),
  addPasskey: procedure({
    http: 'POST /api/web/auth/passkeys',
    access: 'full',
    needsConfirmation: true,
    summary: 'Keeps a passkey that a browser made',
    input: z.object({ name: z.string().trim().min(1).max(100), response: BrowserCredential }),
    output: Passkey,
  }),
  removePasskey: procedure({
    http: 'DELETE /api/web/auth/passkeys/:id',
    access: 'full',
    needsConfirmation: true,
    summary: 'Forgets a passkey',
    input: z.object({ id: Id }),
    output: z.object({ removed: z.boolean() }),
  }),
  resetSecondFactor: procedure({
    http: 'POST /api/web/auth/reset-second-factor',
    access: 'full',
    summary: 'For who is locked out, on the machine itself: removes authenticator app, recovery codes and passkeys',
    input: z.object({}),
    output: z.object({ hadAuthenticator: z.boolean(), passkeys: z.number().int() }),
  }),
};
