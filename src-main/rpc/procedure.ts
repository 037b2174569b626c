import { z } from 'zod';

/** `POST /api/v1/tag`: a method and a path, with `:name` where a part of the path is an input. */
export type HttpRoute = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`;

/**
 * Who may call over HTTP. The window and the command line on the same machine may call everything.
 * - `open`: anyone who reaches the port
 * - `read`: a session, or any key that may read
 * - `webhook`: a session, a `full` key, or a key for webhooks
 * - `full`: a session or a `full` key
 */
export type Access = 'open' | 'read' | 'webhook' | 'full';

/** The status of success over HTTP; an answer with 204 has no body. */
export type SuccessStatus = 200 | 201 | 202 | 204;

/** One thing that clients may ask: what goes in, what comes out, where HTTP finds it, who may call. */
export interface Procedure<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  /** The first is the one we use ourselves; the others answer the same. None: not reachable over HTTP. */
  readonly http: readonly HttpRoute[];
  readonly access: Access;
  /** One sentence for the API's page. */
  readonly summary: string;
  readonly input: I;
  readonly output: O;
  readonly status: SuccessStatus;
  /** The name of the error family that its failures are told in over HTTP. */
  readonly errors: string;
  /** Over HTTP the input's `body` is the text of the request, up to so many bytes, for events of other servers. */
  readonly maxTextBytes?: number;
  /** How large its JSON may be over HTTP, where files come with it; 256 kB without. */
  readonly maxJsonBytes?: number;
  /**
   * `webhook`: other servers deliver events here. They cannot be told how to call and do not repeat what was refused, so
   * HTTP takes larger and faster bodies of any type, a token in the query, and the name that containers have for us.
   */
  readonly delivery?: 'webhook';
  /** Who came by a session has to have proven within ten minutes who they are: it could lock the owner out. */
  readonly needsConfirmation?: boolean;
}

export type Contract = Readonly<Record<string, Procedure>>;

export function procedure<I extends z.ZodType, O extends z.ZodType>(options: {
  http: HttpRoute | readonly HttpRoute[];
  access: Access;
  summary: string;
  input: I;
  output: O;
  status?: SuccessStatus;
  errors?: string;
  maxTextBytes?: number;
  maxJsonBytes?: number;
  delivery?: 'webhook';
  needsConfirmation?: boolean;
}): Procedure<I, O> {
  const http = typeof options.http === 'string' ? [options.http] : options.http;
  return { status: 200, errors: 'tonearm', ...options, http };
}

/** The same contract, with all failures told in one family of errors. */
export function inFamily<C extends Contract>(errors: string, contract: C): C {
  const named = Object.entries(contract).map(([name, each]) => [name, { ...each, errors }]);
  return Object.fromEntries(named) as C;
}

/** The number of a row; paths and queries give it as text. */
export const Id = z.coerce.number<number | string>().int().positive();
/** How many of a list are asked for. */
export const upTo = (most: number, usual: number) =>
  z.coerce.number<number | string>().int().min(1).max(most).default(usual);
/** How many of a list are passed over. */
export const Offset = z.coerce.number<number | string>().int().min(0).default(0);
