import { z } from 'zod';
import { type AlarmClock, wallClock } from '../../../platform/clock';
import type { AppError } from '../../../rpc';
import {
  createHttpClient,
  type HttpRequest,
  type HttpResponse,
  type OpenConnection,
  providerFailure,
} from '../../connections';
import { createLimiter, type Limits } from './limiter';

/** What one Arr has of its own. */
export interface ArrApp {
  /** For sentences, and what the server calls itself. */
  readonly title: string;
  readonly api: 'v1' | 'v3';
}

export interface ArrClientOptions {
  readonly clock?: AlarmClock;
  readonly limits?: Limits;
  readonly pageSize?: number;
}

const LIMITS: Limits = { atOnce: 4, perSecond: 20 };
const PAGE_SIZE = 250;
/** A list that does not end by then is a fault of the server. */
const MAX_PAGES = 1000;

const pageOf = <T extends z.ZodType>(record: T) =>
  z.looseObject({ totalRecords: z.number().nullish(), records: z.array(record).nullish() });

/**
 * Talks to one Arr below the base address of its connection. Every call waits for its turn within the limits and throws
 * `provider_failed` with a sentence and a reason; `close` ends the connections.
 */
export function createArrClient(
  { title, api }: ArrApp,
  connection: OpenConnection,
  { clock = wallClock, limits = LIMITS, pageSize = PAGE_SIZE }: ArrClientOptions = {},
) {
  const { url, secret, skipTlsVerify } = connection;
  const headers = { 'X-Api-Key': secret };
  const explain = (answer: HttpResponse) => explainFailure(title, answer);
  const http = createHttpClient({ baseUrl: url, product: title, skipTlsVerify, headers, clock, explain });
  const limited = createLimiter(limits, clock);

  /** One call. The path stands below `/api/v1` or `/api/v3`. */
  async function ask<T extends z.ZodType>(schema: T, request: HttpRequest): Promise<z.output<T>> {
    const { json } = await limited(() => http.send({ ...request, path: `/api/${api}${request.path}` }));
    const parsed = schema.safeParse(json);
    if (parsed.success) return parsed.data;
    throw providerFailure(
      'not_this_product',
      `What answers at ${url} is not ${title}, or one that Tonearm does not know.`,
    );
  }

  return {
    title,
    url,
    ask,
    /** A call that changes something, and is never repeated by itself. */
    change: <T extends z.ZodType>(schema: T, request: HttpRequest): Promise<z.output<T>> =>
      ask(schema, { ...request, isSafe: false }),

    /**
     * The records of all pages of a list, such as `/queue`, `/history` or `/wanted/missing`. The list may change while
     * it is read: a record that moved on to the next page comes once.
     */
    async askAllPages<T extends z.ZodType>(schema: T, request: HttpRequest): Promise<z.output<T>[]> {
      const records = new Map<unknown, z.output<T>>();
      for (let page = 1; page <= MAX_PAGES; page++) {
        const query = { ...request.query, page, pageSize };
        const { totalRecords, records: found } = await ask(pageOf(schema), { ...request, query });
        for (const record of found ?? []) records.set(idOf(record) ?? records.size, record);
        const isEnd =
          !found || found.length < pageSize || page * pageSize >= (totalRecords ?? Number.POSITIVE_INFINITY);
        if (isEnd) return [...records.values()];
      }
      throw providerFailure('too_large', `${title} has a list of more than ${MAX_PAGES * pageSize} records.`);
    },
    close: () => http.close(),
  };
}
export type ArrClient = ReturnType<typeof createArrClient>;

/** Rows of a list have numbers; one without is a record of its own. */
const idOf = (record: unknown): string | undefined => {
  const { id } = (record ?? {}) as { id?: unknown };
  return typeof id === 'number' ? `id ${id}` : undefined;
};

const Refusals = z.array(z.looseObject({ errorMessage: z.string() })).min(1);

/** What was wrong with the request comes as a list of sentences, everything else with a status alone. */
function explainFailure(title: string, { status, json }: HttpResponse): AppError | undefined {
  if (status === 401) {
    const message = `${title} refuses the API key. It is shown in ${title} under Settings → General.`;
    return providerFailure('refused', message, { status });
  }
  const refusals = Refusals.safeParse(json);
  if (!refusals.success) return undefined;
  const reasons = refusals.data.map(({ errorMessage }) => errorMessage).join(' ');
  return providerFailure('failed', `${title} answered: ${reasons}`, { status });
}
