import { AppError } from '../../rpc';

/** Why talking to a server failed, for programs; the sentence beside it is for people. */
export type FailureReason =
  | 'unreachable' // no such host, nothing listens there
  | 'timeout'
  | 'tls'
  | 'redirected'
  | 'refused' // wrong password or key, or no right to do this
  | 'not_found'
  | 'not_this_product' // something answers, but not what was expected
  | 'too_large'
  | 'failed'; // the server says that it failed

/** A `provider_failed` with its reason and, where there was an answer, its HTTP status. */
export function providerFailure(
  reason: FailureReason,
  message: string,
  { cause, status }: { cause?: unknown; status?: number } = {},
): AppError {
  return new AppError('provider_failed', message, { cause, details: [{ reason, ...(status && { status }) }] });
}

/** The reason of a failed call; undefined for what did not come from `providerFailure`. */
export function failureReason(thrown: unknown): FailureReason | undefined {
  if (!(thrown instanceof AppError) || thrown.code !== 'provider_failed') return undefined;
  return (thrown.details[0] as { reason?: FailureReason } | undefined)?.reason;
}

/** Whether a later attempt may go well: the server was away, slow, or failed on its side. */
export function isTemporary(thrown: unknown): boolean {
  return ['unreachable', 'timeout', 'failed'].includes(failureReason(thrown) ?? '');
}

const TLS_CODE = /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/;

/** The failure of a request that got no answer, from the error of the socket. */
export function socketFailure(product: string, origin: string, thrown: unknown): AppError {
  const { code = '' } = thrown as NodeJS.ErrnoException;
  const failed = (reason: FailureReason, message: string) => providerFailure(reason, message, { cause: thrown });
  if (code === 'EPROTO' || code === 'ERR_SSL_WRONG_VERSION_NUMBER')
    return failed('tls', `${origin} does not speak https. Try the address with http://.`);
  if (code === 'CERT_HAS_EXPIRED') return failed('tls', `The certificate of ${origin} has expired.`);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return failed('tls', `The certificate of ${origin} is for another name. Use the name that it is for.`);
  if (TLS_CODE.test(code))
    return failed(
      'tls',
      `The certificate of ${origin} cannot be verified. If the server made it itself, accept it in the connection.`,
    );
  return failed('unreachable', `${product} is not reachable at ${origin}: ${whyUnreachable(code)}.`);
}

function whyUnreachable(code: string): string {
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'there is no host of this name';
    case 'ECONNREFUSED':
      return 'nothing listens there; is it running, and is the port right?';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'there is no way to this host';
    case 'ECONNRESET':
    case 'EPIPE':
      return 'it broke the connection off';
    default:
      return `the connection failed (${code || 'no reason given'})`;
  }
}
