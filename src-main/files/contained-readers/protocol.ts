import type { Failure } from '../../rpc';

/** The kind of worker, for the host. */
export const READER_KIND = 'read-files';

/** What the application asks; several at once save messages. */
export interface ToReader {
  readonly requests: readonly { readonly id: number; readonly name: string; readonly input: unknown }[];
}

export type ReadOutcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: Failure };

/** Every request gets exactly one result, unless the worker dies. The first message has none: the worker is there. */
export interface FromReader {
  readonly results: readonly { readonly id: number; readonly outcome: ReadOutcome }[];
}
