import type { CookieOptions, Request, Response } from 'express';
import { contextOf } from './context';

/** What our page keeps in the browser, where no script can read it. */
const NAMES = { session: 'tonearm_session', device: 'tonearm_device' } as const;
export type CookieKind = keyof typeof NAMES;

/**
 * The cookie's name. Over TLS a prefix makes the browser see to it that no other site and no plain HTTP set it: `__Host-`
 * where the cookie is for the whole host, `__Secure-` below a path, where the other may not be used.
 */
function nameOf(kind: CookieKind, { secure }: Request, basePath: string): string {
  if (!secure) return NAMES[kind];
  return `${basePath ? '__Secure-' : '__Host-'}${NAMES[kind]}`;
}

/** What the browser sent; of a name that is there twice, the first. */
export function valueOfCookie(request: Request, kind: CookieKind): string | undefined {
  const { secure } = request;
  const names = secure ? ['__Host-', '__Secure-'].map((prefix) => prefix + NAMES[kind]) : [NAMES[kind]];
  const pairs =
    request
      .get('cookie')
      ?.split(';')
      .map((pair) => pair.trim()) ?? [];
  const found = names.flatMap((name) => pairs.find((pair) => pair.startsWith(`${name}=`)) ?? [])[0];
  return found?.slice(found.indexOf('=') + 1) || undefined;
}

/** Keeps a value in the browser for so long; null takes it away. */
export function setCookie(
  request: Request,
  response: Response,
  kind: CookieKind,
  value: string | null,
  maxAge?: number,
): void {
  const { basePath } = contextOf(response);
  const name = nameOf(kind, request, basePath);
  const options: CookieOptions = {
    httpOnly: true,
    sameSite: 'strict',
    secure: request.secure,
    path: basePath || '/',
  };
  if (value === null) response.clearCookie(name, options);
  else response.cookie(name, value, { ...options, maxAge });
}
