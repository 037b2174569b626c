import { z } from 'zod';
import { procedure } from '../procedure';

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

export const authContract = {
  login: procedure({
    http: ['POST /api/web/auth/login', 'POST /web/api/login'],
    access: 'open',
    summary: 'Exchanges the password for a session',
    input: z.object({ password: z.string().min(1).max(1024) }),
    output: z.object({ session_token: z.string(), expires_in: z.number().int() }),
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
  revokeKey: procedure({
    http: 'DELETE /api/web/auth/keys/:id',
    access: 'full',
    summary: 'Revokes an API key',
    input: z.object({ id: z.coerce.number<number | string>().int().positive() }),
    output: z.object({ revoked: z.boolean() }),
  }),
  setPassword: procedure({
    http: 'POST /api/web/auth/password',
    access: 'full',
    summary: 'Sets the password of the page; all other sessions end',
    input: z.object({ password: z.string().min(8, 'at least 8 characters').max(1024) }),
    output: z.object({ status: z.literal('success') }),
  }),
};
