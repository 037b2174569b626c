import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '../../rpc';
import type { Database } from '../database';
import type { SecretKey } from './secret-key';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SALT_BYTES = 16;
/** What every value of this format begins with. */
const FORMAT = Buffer.from('TS2\0', 'latin1');

/** Where a sealed value stands. It opens there and nowhere else. */
interface SealedPlace {
  readonly table: string;
  readonly row: number;
  readonly column: string;
}

/** Encrypts what has to be kept and can be read again. */
export interface SecretBox {
  readonly key: Pick<SecretKey, 'scheme' | 'warning'>;
  /** @returns format, salt, nonce, authentication tag and cipher text in one */
  seal(text: string, place: SealedPlace): Buffer;
  /** Throws `conflict` when it was sealed with another key or for another place, or was altered. */
  open(sealed: Uint8Array, place: SealedPlace): string;
  /** Whether a value is of the first format, which did not know its place. */
  isOlder(sealed: Uint8Array): boolean;
  /** Opens a value of the first format. */
  openOlder(sealed: Uint8Array): string;
}

/**
 * AES-256-GCM, with the place as associated data. A value carries the salt that its key was made with, so that it opens
 * in a restored database too.
 */
export function createSecretBox(db: Database, key: SecretKey): SecretBox {
  const stored = db.prepare<[], Buffer>('SELECT salt FROM sealing WHERE id = 1').pluck();
  const store = db.prepare('INSERT INTO sealing (id, salt) VALUES (1, ?) ON CONFLICT (id) DO NOTHING');

  function ownSalt(): Buffer {
    const known = stored.get();
    if (known) return known;
    store.run(randomBytes(SALT_BYTES));
    return stored.get()!;
  }

  const isOlder = (sealed: Uint8Array) => !FORMAT.equals(sealed.subarray(0, FORMAT.length));

  return {
    key: { scheme: key.scheme, warning: key.warning },
    seal(text, place) {
      const salt = ownSalt();
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key.keyFor(salt), nonce);
      cipher.setAAD(nameOf(place));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([FORMAT, salt, nonce, cipher.getAuthTag(), body]);
    },
    open(sealed, place) {
      if (isOlder(sealed)) throw notOpened();
      const salt = Buffer.from(sealed.subarray(FORMAT.length, FORMAT.length + SALT_BYTES));
      return decipher(key.keyFor(salt), sealed.subarray(FORMAT.length + SALT_BYTES), nameOf(place));
    },
    isOlder,
    openOlder: (sealed) => decipher(key.oldKey(), sealed),
  };
}

const nameOf = ({ table, row, column }: SealedPlace) => Buffer.from(`${table}/${row}/${column}`, 'utf8');

/** @param sealed nonce, authentication tag and cipher text */
function decipher(key: Buffer, sealed: Uint8Array, associated?: Buffer): string {
  try {
    const opened = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE_BYTES));
    if (associated) opened.setAAD(associated);
    opened.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const body = sealed.subarray(NONCE_BYTES + TAG_BYTES);
    return Buffer.concat([opened.update(body), opened.final()]).toString('utf8');
  } catch (cause) {
    throw notOpened(cause);
  }
}

const notOpened = (cause?: unknown) =>
  new AppError(
    'conflict',
    'The stored password or key was sealed with another secret key than the one in use, or for another place. Enter it again, or bring back secret.key or TONEARM_SECRET_KEY and start Tonearm again.',
    { cause },
  );
