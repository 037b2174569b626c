import { Agent as HttpAgent, type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { VERSION } from '../../platform/paths';
import { AppError } from '../../rpc';
import { providerFailure, socketFailure } from './provider-failure';

export interface RawRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal | undefined;
}

export interface RawResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ExchangeOptions {
  readonly product: string;
  readonly skipTlsVerify?: boolean;
}

const CONNECT_TIMEOUT_MS = 10_000;
const SOCKETS = 4;

/**
 * One request and its answer. By Node's own `https` and not `fetch`, which can neither leave the certificate of one
 * server unverified, nor keep connections for one server, nor limit the time to connect.
 */
export function createExchange({ product, skipTlsVerify = false }: ExchangeOptions) {
  const kept = { keepAlive: true, maxSockets: SOCKETS, timeout: CONNECT_TIMEOUT_MS };
  const plain = new HttpAgent(kept);
  const secure = new HttpsAgent({ ...kept, rejectUnauthorized: !skipTlsVerify });

  async function send(request: RawRequest, mayRepeat = true): Promise<RawResponse> {
    const { origin } = new URL(request.url);
    const late = AbortSignal.timeout(request.timeoutMs);
    const signal = request.signal ? AbortSignal.any([late, request.signal]) : late;
    const sent = start(request, signal, { plain, secure });
    let isAnswered = false;
    try {
      const answer = await sent.answer;
      isAnswered = true;
      return await readResponse(answer, request.maxBytes, product);
    } catch (thrown) {
      if (thrown instanceof AppError) throw thrown;
      if (request.signal?.aborted) throw new AppError('cancelled', `The call to ${product} was cancelled.`);
      if (late.aborted || (thrown as NodeJS.ErrnoException).code === 'ETIMEDOUT')
        throw providerFailure('timeout', `${product} at ${origin} did not answer in time.`, { cause: thrown });
      // The server may close a kept connection in the moment in which it is used again. One that has begun to answer
      // has seen this request, and may have done what it asks for.
      if (mayRepeat && !isAnswered && sent.isOnUsedSocket() && (thrown as NodeJS.ErrnoException).code === 'ECONNRESET')
        return send(request, false);
      throw socketFailure(product, origin, thrown);
    }
  }

  return {
    send: (request: RawRequest) => send(request),
    close(): void {
      plain.destroy();
      secure.destroy();
    },
  };
}
export type Exchange = ReturnType<typeof createExchange>;

function start(
  { url, method, headers, body }: RawRequest,
  signal: AbortSignal,
  { plain, secure }: { plain: HttpAgent; secure: HttpsAgent },
) {
  const isSecure = url.startsWith('https:');
  const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  const options = { method, signal, headers: { 'User-Agent': `Tonearm/${VERSION}`, ...headers, ...length } };
  const outgoing = isSecure
    ? requestHttps(url, { ...options, agent: secure })
    : requestHttp(url, { ...options, agent: plain });
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once('response', resolve);
    outgoing.on('error', reject);
    outgoing.once('socket', (socket) => {
      if (!socket.connecting) return socket.setTimeout(0);
      const giveUp = () => outgoing.destroy(Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' }));
      socket.once('timeout', giveUp);
      socket.once(isSecure ? 'secureConnect' : 'connect', () => {
        socket.off('timeout', giveUp);
        socket.setTimeout(0);
      });
    });
  });
  outgoing.end(body);
  return { answer, isOnUsedSocket: () => outgoing.reusedSocket };
}

async function readResponse(incoming: IncomingMessage, maxBytes: number, product: string): Promise<RawResponse> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      incoming.destroy();
      throw providerFailure('too_large', `${product} sent more than ${Math.round(maxBytes / 2 ** 20)} MB at once.`);
    }
    chunks.push(chunk);
  }
  return { status: incoming.statusCode!, headers: incoming.headers, body: Buffer.concat(chunks).toString('utf8') };
}
