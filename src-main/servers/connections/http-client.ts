import type { IncomingHttpHeaders } from 'node:http';
import { type AlarmClock, wallClock } from '../../platform/clock';
import type { AppError } from '../../rpc';
import { createExchange, type Exchange } from './http-exchange';
import { failureReason, providerFailure } from './provider-failure';

export interface HttpClientOptions {
  /** Without a slash at the end; the only origin that is ever contacted. */
  readonly baseUrl: string;
  /** For sentences: Navidrome, Lidarr. */
  readonly product: string;
  readonly skipTlsVerify?: boolean;
  /** Sent with each request, such as the header with the key. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The server's own sentence for an answer of 400 and above, when it gives one. */
  readonly explain?: (answer: HttpResponse) => AppError | undefined;
  readonly clock?: AlarmClock;
}

type QueryValue = string | number | boolean;
export type Query = Readonly<Record<string, QueryValue | readonly QueryValue[] | undefined>>;

export interface HttpRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Begins with a slash; put after the base address. */
  readonly path: string;
  readonly query?: Query;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as `application/json`, exactly. */
  readonly json?: unknown;
  /** Sent as a form, which keeps secrets out of addresses. */
  readonly form?: Query;
  /** Asking twice does no harm; so for GET, unless said otherwise. */
  readonly isSafe?: boolean;
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The parsed body; undefined when there is none, or when a failure came with something else than JSON. */
  readonly json: unknown;
}

const TIMEOUT_MS = 60_000;
const MAX_BYTES = 32 * 2 ** 20;
/** The one rule: what is safe is asked again twice, when the server was away or failed. */
const RETRY_AFTER_MS = [500, 2000];

/**
 * Talks JSON with one server: at most four requests at a time over kept connections, no redirects, no cookies. What
 * fails is `provider_failed` with a sentence and a reason (`failureReason`); an aborted request is `cancelled`.
 */
export function createHttpClient(options: HttpClientOptions) {
  const { baseUrl, product, explain, clock = wallClock } = options;
  const exchange: Exchange = createExchange(options);

  async function once(request: HttpRequest): Promise<HttpResponse> {
    const { status, headers, body } = await exchange.send({
      method: request.method ?? 'GET',
      url: baseUrl + request.path + queryOf(request.query),
      headers: { Accept: 'application/json', ...options.headers, ...request.headers, ...contentType(request) },
      body: bodyOf(request),
      timeoutMs: request.timeoutMs ?? TIMEOUT_MS,
      maxBytes: request.maxBytes ?? MAX_BYTES,
      signal: request.signal,
    });
    const answer = { status, headers, json: parsed(body) };
    if (status >= 300 && status < 400) throw redirected(product, baseUrl, headers.location);
    if (status >= 400) throw explain?.(answer) ?? refusal(product, baseUrl, status);
    if (answer.json === undefined && body.trim() !== '') throw notJson(product, baseUrl);
    return answer;
  }

  return {
    /** Sends one request, again when that does no harm and the server failed. Every status of 400 and above throws. */
    async send(request: HttpRequest): Promise<HttpResponse> {
      const isSafe = request.isSafe ?? (request.method ?? 'GET') === 'GET';
      for (const wait of isSafe ? RETRY_AFTER_MS : []) {
        try {
          return await once(request);
        } catch (thrown) {
          if (!isPassing(thrown) || request.signal?.aborted) throw thrown;
        }
        await new Promise<void>((resolve) => clock.after(wait, resolve));
      }
      return once(request);
    },
    /** Closes the kept connections. */
    close: () => exchange.close(),
  };
}

/** Whether the next attempt may go well: the server was away, or failed on its side. A wrong password stays wrong. */
function isPassing(thrown: unknown): boolean {
  const reason = failureReason(thrown);
  return reason === 'unreachable' || reason === 'failed';
}

function refusal(product: string, baseUrl: string, status: number): AppError {
  if (status === 401 || status === 403)
    return providerFailure(
      'refused',
      `${product} refuses the login: the name, password or key is wrong, or lacks the right to do this.`,
      { status },
    );
  if (status === 404)
    return providerFailure('not_found', `${product} has nothing at this address of ${baseUrl} (404).`, { status });
  if (status === 429) return providerFailure('failed', `${product} asks to be called less often (429).`, { status });
  const reason = status >= 500 ? 'failed' : 'not_this_product';
  return providerFailure(reason, `${product} answered with an error (${status}).`, { status });
}

function redirected(product: string, baseUrl: string, location: string | undefined): AppError {
  const target = location && URL.canParse(location, baseUrl) ? new URL(location, baseUrl).origin : 'another address';
  return providerFailure(
    'redirected',
    `${baseUrl} sends on to ${target}. If that is your ${product}, enter the address that it is at.`,
  );
}

const notJson = (product: string, baseUrl: string) =>
  providerFailure(
    'not_this_product',
    `What answers at ${baseUrl} is not ${product}: it sent something else than JSON.`,
  );

function parsed(body: string): unknown {
  try {
    return body.trim() === '' ? undefined : JSON.parse(body);
  } catch {
    return undefined;
  }
}

function contentType({ json, form }: HttpRequest): Record<string, string> {
  if (json !== undefined) return { 'Content-Type': 'application/json' };
  return form ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {};
}

function bodyOf({ json, form }: HttpRequest): string | undefined {
  if (json !== undefined) return JSON.stringify(json);
  return form && encoded(form);
}

function queryOf(query: Query = {}): string {
  const text = encoded(query);
  return text && `?${text}`;
}

function encoded(values: Query): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) pairs.append(name, String(one));
  return pairs.toString();
}
