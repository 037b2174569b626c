import { z } from 'zod';
import type { AlarmClock } from '../../../../platform/clock';
import type { OpenConnection } from '../../../connections';
import { createHttpClient, type HttpRequest, type HttpResponse, providerFailure } from '../../../connections';

const TOKEN_HEADER = 'x-nd-authorization';
const Login = z.looseObject({ token: z.string().min(1), isAdmin: z.boolean().default(false) });

/**
 * Calls Navidrome's own API, the one of its web page. Logs in at first need; each answer brings a newer token, which
 * is used next, and a token that has expired is replaced by one new login.
 */
export function createNativeCall(connection: OpenConnection, clock?: AlarmClock) {
  const { url, username, secret, skipTlsVerify } = connection;
  const http = createHttpClient({ baseUrl: url, product: 'Navidrome', skipTlsVerify, clock, explain });
  let session: Promise<{ token: string; isAdmin: boolean }> | undefined;

  function explain({ status }: HttpResponse) {
    if (status === 401)
      return providerFailure(
        'refused',
        `Navidrome refuses the login: the name "${username}" or the password is wrong.`,
        { status },
      );
    if (status === 403)
      return providerFailure(
        'refused',
        `Navidrome does not allow "${username}" to do this; it needs an administrator.`,
        {
          status,
        },
      );
    return undefined;
  }

  async function login() {
    const { json } = await http.send({ method: 'POST', path: '/auth/login', json: { username, password: secret } });
    const parsed = Login.safeParse(json);
    if (parsed.success) return parsed.data;
    throw providerFailure('not_this_product', `What answers at ${url} is not Navidrome: its login gives no token.`);
  }

  function loggedIn() {
    session ??= login().catch((thrown) => {
      session = undefined;
      throw thrown;
    });
    return session;
  }

  async function once(request: HttpRequest): Promise<HttpResponse> {
    const { token, isAdmin } = await loggedIn();
    const headers = { ...request.headers, 'X-ND-Authorization': `Bearer ${token}` };
    const answer = await http.send({ ...request, headers });
    const newer = answer.headers[TOKEN_HEADER];
    if (typeof newer === 'string' && newer)
      session = Promise.resolve({ token: newer.replace(/^Bearer /i, ''), isAdmin });
    return answer;
  }

  return {
    async send(request: HttpRequest): Promise<HttpResponse> {
      const isFirst = session === undefined;
      try {
        return await once(request);
      } catch (thrown) {
        if (isFirst || !isUnauthorized(thrown)) throw thrown;
        session = undefined;
        return once(request);
      }
    },
    isAdmin: async (): Promise<boolean> => (await loggedIn()).isAdmin,
    close: () => http.close(),
  };
}
export type NativeCaller = ReturnType<typeof createNativeCall>;

function isUnauthorized(thrown: unknown): boolean {
  const [detail] = (thrown as { details?: readonly { status?: number }[] }).details ?? [];
  return detail?.status === 401;
}
