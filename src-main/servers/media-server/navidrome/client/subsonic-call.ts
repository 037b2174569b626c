import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { AlarmClock } from '../../../../platform/clock';
import type { OpenConnection } from '../../../connections';
import {
  createHttpClient,
  type FailureReason,
  type HttpResponse,
  providerFailure,
  type Query,
} from '../../../connections';

const VERSION = '1.16.1';
const CLIENT = 'tonearm';

const Envelope = z.object({
  'subsonic-response': z.looseObject({
    status: z.enum(['ok', 'failed']),
    type: z.string().optional(),
    serverVersion: z.string().optional(),
    error: z.object({ code: z.number().optional(), message: z.string().optional() }).optional(),
  }),
});
export type SubsonicResponse = z.output<typeof Envelope>['subsonic-response'];

/** Reads may be asked twice; what changes something may not. */
export interface SubsonicCall {
  readonly method: string;
  readonly values?: Query;
  readonly isRead?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Calls methods of the Subsonic API. Everything is sent as a form, so that no token stands in an address, and the
 * password itself is never sent: only its MD5 with a salt that is new each time.
 */
export function createSubsonicCall(connection: OpenConnection, clock?: AlarmClock) {
  const { url, username, secret, skipTlsVerify } = connection;
  const http = createHttpClient({ baseUrl: url, product: 'Navidrome', skipTlsVerify, clock, explain });

  function explain({ status }: HttpResponse) {
    if (status !== 404 && status !== 405) return undefined;
    return providerFailure('not_this_product', `What answers at ${url} is not Navidrome (${status}).`, { status });
  }

  function login(): Query {
    const salt = randomBytes(8).toString('hex');
    const token = createHash('md5')
      .update(secret + salt, 'utf8')
      .digest('hex');
    return { u: username, t: token, s: salt, v: VERSION, c: CLIENT, f: 'json' };
  }

  return {
    /** The content of the envelope. Throws `provider_failed`: also for failures that come with the status 200. */
    async call({ method, values = {}, isRead = true, signal }: SubsonicCall): Promise<SubsonicResponse> {
      const form = { ...login(), ...values };
      const { json } = await http.send({ method: 'POST', path: `/rest/${method}`, form, isSafe: isRead, signal });
      const envelope = Envelope.safeParse(json);
      if (!envelope.success)
        throw providerFailure(
          'not_this_product',
          `What answers at ${url} is not Navidrome: it does not speak Subsonic.`,
        );
      const response = envelope.data['subsonic-response'];
      if (response.status === 'failed') throw failureOf(response, username);
      return response;
    },
    close: () => http.close(),
  };
}
export type SubsonicCaller = ReturnType<typeof createSubsonicCall>;

function failureOf({ error }: SubsonicResponse, username: string) {
  const { code = 0, message = 'no reason given' } = error ?? {};
  const [reason, sentence] = meaningOf(code, message, username);
  return providerFailure(reason, sentence);
}

/** @see the error codes of the Subsonic API */
function meaningOf(code: number, message: string, username: string): [FailureReason, string] {
  switch (code) {
    case 40:
    case 41:
    case 44:
      return ['refused', `Navidrome refuses the login: the name "${username}" or the password is wrong.`];
    case 50:
      return ['refused', `Navidrome does not allow "${username}" to do this; it may need an administrator.`];
    case 70:
      return ['not_found', `Navidrome does not know what was asked for: ${message}.`];
    default:
      return ['failed', `Navidrome answered: ${message}.`];
  }
}
