import { Secret, TOTP } from 'otpauth';
import type { Clock } from '../clock';
import type { Database } from '../database';
import type { SealedColumn, SecretBox } from '../sealing';

const PERIOD_S = 30;
/** How many codes before and after the one of now are taken: clocks differ. */
const WINDOW = 1;
/** Where the secret stands. */
export const SEALED_AUTHENTICATOR = { table: 'authenticator', row: 'id', column: 'secret' } satisfies SealedColumn;
const PLACE = { ...SEALED_AUTHENTICATOR, row: 1 };

interface AuthenticatorRow {
  secret: Buffer;
  last_step: number;
  created_at: string;
}

/** What a new authenticator app has to be told. */
export interface NewAuthenticator {
  /** Base32, for typing. */
  readonly secret: string;
  /** `otpauth://…`, for the picture. */
  readonly uri: string;
}

/** Codes of an authenticator app (TOTP, RFC 6238: SHA-1, six digits, 30 s). A code is good once. */
export function createAuthenticator(db: Database, clock: Clock, secretBox: SecretBox) {
  const stored = db.prepare<[], AuthenticatorRow>('SELECT secret, last_step, created_at FROM authenticator');
  const store = db.prepare(`
    INSERT INTO authenticator (id, secret, last_step, created_at) VALUES (1, :secret, :step, :at)
    ON CONFLICT (id) DO UPDATE SET secret = excluded.secret, last_step = excluded.last_step,
      created_at = excluded.created_at`);
  const spend = db.prepare('UPDATE authenticator SET last_step = ?');
  const remove = db.prepare('DELETE FROM authenticator');

  /** The number of the code, counted from 1970; undefined for one that is not of now. */
  function stepOf(secret: string, code: string): number | undefined {
    const timestamp = clock().getTime();
    const token = code.replaceAll(/\s/g, '');
    if (!/^\d{6}$/.test(token)) return undefined;
    const delta = totpOf(secret).validate({ token, timestamp, window: WINDOW });
    return delta === null ? undefined : Math.floor(timestamp / 1000 / PERIOD_S) + delta;
  }

  return {
    since: (): string | null => stored.get()?.created_at ?? null,
    isOn: (): boolean => stored.get() !== undefined,
    propose(): NewAuthenticator {
      const totp = totpOf(new Secret({ size: 20 }).base32);
      return { secret: totp.secret.base32, uri: totp.toString() };
    },
    /** Puts a proposed secret into force, once a code proves that the app has it. */
    add(secret: string, code: string): boolean {
      const step = stepOf(secret, code);
      if (step === undefined) return false;
      store.run({ secret: secretBox.seal(secret, PLACE), step, at: clock().toISOString() });
      return true;
    },
    /** Whether this is a code of now that was not taken before. Throws `conflict` when the secret cannot be opened. */
    take(code: string): boolean {
      const row = stored.get();
      const step = row && stepOf(secretBox.open(row.secret, PLACE), code);
      if (step === undefined || step <= row!.last_step) return false;
      spend.run(step);
      return true;
    },
    remove: (): boolean => remove.run().changes > 0,
  };
}
export type Authenticator = ReturnType<typeof createAuthenticator>;

const totpOf = (secret: string) =>
  new TOTP({
    issuer: 'Tonearm',
    label: 'owner',
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_S,
    secret: Secret.fromBase32(secret),
  });
