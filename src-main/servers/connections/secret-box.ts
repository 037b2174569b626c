import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { AppError } from '../../rpc';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SALT = 'tonearm.connections.1';

/** Encrypts what has to be kept and can be read again, such as passwords of other servers. */
export interface SecretBox {
  /** @returns nonce, authentication tag and cipher text in one */
  seal(text: string): Buffer;
  /** Throws `conflict` when it was sealed with another key, or was altered. */
  open(sealed: Uint8Array): string;
}

/**
 * AES-256-GCM. The key comes from `phrase` (TONEARM_SECRET_KEY) or else from a file that only its owner may read and
 * that is made at first need; neither is looked for before something is sealed or opened.
 */
export function createSecretBox(keyFile: string, phrase = process.env.TONEARM_SECRET_KEY): SecretBox {
  let known: Buffer | undefined;
  const key = () => (known ??= phrase ? scryptSync(phrase, SALT, KEY_BYTES) : keyFromFile(keyFile));
  return {
    seal(text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key(), nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open(sealed) {
      try {
        const body = sealed.subarray(NONCE_BYTES + TAG_BYTES);
        const decipher = createDecipheriv(ALGORITHM, key(), sealed.subarray(0, NONCE_BYTES));
        decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
      } catch (cause) {
        if (cause instanceof AppError) throw cause;
        throw new AppError(
          'conflict',
          'The stored password or key was sealed with another secret key than the one in use. Enter it again, or bring back secret.key or TONEARM_SECRET_KEY.',
          { cause },
        );
      }
    },
  };
}

function keyFromFile(file: string): Buffer {
  try {
    writeFileSync(file, randomBytes(KEY_BYTES).toString('base64'), { mode: 0o600, flag: 'wx', flush: true });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
    if (process.platform !== 'win32' && statSync(file).mode & 0o077) chmodSync(file, 0o600);
  }
  const key = Buffer.from(readFileSync(file, 'utf8'), 'base64');
  if (key.byteLength === KEY_BYTES) return key;
  throw new AppError(
    'conflict',
    `${file} does not hold a key any more. Bring it back from a backup, or delete it and enter the passwords again.`,
  );
}
