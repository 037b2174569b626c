import { z } from 'zod';
import type { ConnectionField, KindDescription } from './contract';

/** Options that every kind has; a kind extends this with its own. */
export const CommonOptions = z.object({
  /** Talk to a server whose certificate cannot be verified. Stays visible as a warning. */
  skipTlsVerify: z.boolean().default(false),
});

/** The field of the option that every kind has; put it last. */
export const SKIP_TLS_FIELD: ConnectionField = {
  name: 'skipTlsVerify',
  label: 'Accept a certificate that cannot be verified',
  hint: 'Only for a server of your own with a certificate it made itself: someone between you and it could read along.',
  type: 'switch',
  isRequired: false,
  initial: false,
};

/** A connection with its secret, as the code that talks to the server needs it. Never leaves the main process. */
export interface OpenConnection {
  readonly id: number;
  readonly name: string;
  /** Without a slash at the end. */
  readonly url: string;
  readonly username: string;
  readonly secret: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly skipTlsVerify: boolean;
}

/** One of our libraries, as far as it matters to a server where its files lie. */
export interface LocalLibrary {
  readonly id: number;
  readonly name: string;
  readonly root_path: string;
  /** Files keep their modification times when tags are written. */
  readonly keepMtime: boolean;
}

/** A file by our library and its path inside it. */
export interface LocalPath {
  readonly libraryId: number;
  /** Relative, forward slashes. */
  readonly path: string;
}

/** Our libraries, and which tracks are known in them. */
export interface LocalMusic {
  readonly libraries: () => readonly LocalLibrary[];
  readonly hasTrack: (libraryId: number, path: string) => boolean;
}

/** What a server said of itself when it was tested. */
export interface Tested {
  readonly version: string | null;
  /** What works but should be looked at, each with what to do. */
  readonly warnings: readonly string[];
}

/** A kind of server: what to enter, and how to ask whether it is there. */
export interface ConnectionKind extends Omit<KindDescription, 'fields'> {
  readonly fields: readonly ConnectionField[];
  readonly options: z.ZodType<Record<string, unknown>>;
  /**
   * Throws `provider_failed` with a sentence when the server is away, is another product or refuses the login.
   *
   * @param libraries ours, for warnings of what keeps such a server from seeing their tags
   */
  test(connection: OpenConnection, libraries: readonly LocalLibrary[]): Promise<Tested>;
}

/** Kinds by their name. */
export type ConnectionKinds = Readonly<Record<string, ConnectionKind>>;
