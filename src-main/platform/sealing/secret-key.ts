import { hkdfSync, randomBytes, scryptSync } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { AppError } from '../../rpc';

const KEY_BYTES = 32;
const SCRYPT = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
/** Salt and cost of the first format, which only values from then are opened with. */
const OLD_SALT = 'tonearm.connections.1';
const PURPOSE = 'tonearm sealed secrets';

/** What secrets are sealed with. Throws `conflict` with what to do where it cannot be had now. */
export interface SecretKey {
  /** `os`: the system's keyring guards it; `file`: whoever may read the data folder has it; `phrase`: the environment. */
  readonly scheme: 'os' | 'file' | 'phrase';
  /** What a person should know of it, as a sentence. */
  readonly warning?: string;
  /** 32 bytes, others for another salt. */
  keyFor(salt: Buffer): Buffer;
  /** 32 bytes, as the first format had them. */
  oldKey(): Buffer;
}

/** The system's keyring, where there is one. */
export interface KeyProtection {
  /** As the system calls it. */
  readonly backend: string;
  /** Why it guards nothing, as a sentence; undefined where it does. */
  readonly weakness?: string;
  protect(text: string): Promise<Buffer>;
  /** `isOutdated`: it should be protected anew. Throws when the keyring is locked, or another machine's. */
  unprotect(data: Buffer): Promise<{ text: string; isOutdated: boolean }>;
}

/** The key that a phrase gives. It takes a tenth of a second for each salt. */
export function phraseKey(phrase: string): SecretKey {
  const known = new Map<string, Buffer>();
  return {
    scheme: 'phrase',
    keyFor(salt) {
      const name = salt.toString('hex');
      const key = known.get(name) ?? scryptSync(phrase, salt, KEY_BYTES, SCRYPT);
      known.set(name, key);
      return key;
    },
    oldKey: () => scryptSync(phrase, OLD_SALT, KEY_BYTES),
  };
}

/** A key that ends with the process. */
export function randomKey(): SecretKey {
  const secret = randomBytes(KEY_BYTES);
  return keyOf('file', () => secret);
}

/** The key in a file that only its owner may read, made at first need. */
export function plainFileKey(file: string, warning?: string): SecretKey {
  let known: Buffer | undefined;
  return keyOf('file', () => (known ??= readOrMake(file)), warning);
}

/**
 * The key of this installation: of the phrase, else of the file; where the system has a keyring, the file holds only
 * what the keyring can open, and a file from before is put under its guard. A file that cannot be opened now is never
 * touched: it may be again.
 */
export async function openSecretKey(
  file: string,
  phrase = process.env.TONEARM_SECRET_KEY,
  keyring?: KeyProtection,
): Promise<SecretKey> {
  if (phrase) return phraseKey(phrase);
  const kept = existsSync(file) ? readProtected(file) : undefined;
  if (kept) return openProtected(file, kept, keyring);
  if (!keyring) return plainFileKey(file);
  if (keyring.weakness) return plainFileKey(file, keyring.weakness);
  return protectFile(file, keyring);
}

const keyOf = (scheme: SecretKey['scheme'], secret: () => Buffer, warning?: string): SecretKey => ({
  scheme,
  warning,
  keyFor: (salt) => Buffer.from(hkdfSync('sha256', secret(), salt, PURPOSE, KEY_BYTES)),
  oldKey: secret,
});

/** What the file holds under the guard of a keyring. */
interface ProtectedKey {
  readonly v: 1;
  readonly scheme: 'os';
  readonly backend: string;
  readonly data: string;
}

function readProtected(file: string): ProtectedKey | undefined {
  const text = readFileSync(file, 'utf8');
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as ProtectedKey;
  } catch {
    throw unusable(file);
  }
}

async function openProtected(file: string, kept: ProtectedKey, keyring?: KeyProtection): Promise<SecretKey> {
  if (!keyring)
    return lockedKey(
      `${file} can be opened by the desktop window alone, whose system guards it (${kept.backend}). Passwords of other servers cannot be used here: open the window, or set TONEARM_SECRET_KEY and enter them again.`,
    );
  try {
    const { text, isOutdated } = await keyring.unprotect(Buffer.from(kept.data, 'base64'));
    const secret = secretIn(text, file);
    if (isOutdated) await writeProtected(file, secret, keyring);
    return keyOf('os', () => secret);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    return lockedKey(
      `The system's keyring does not open ${file} now. Unlock it and start Tonearm again; if the file came from another machine or user, bring back the one of before, or delete it and enter the passwords of servers again.`,
    );
  }
}

async function protectFile(file: string, keyring: KeyProtection): Promise<SecretKey> {
  const secret = existsSync(file) ? readOrMake(file) : randomBytes(KEY_BYTES);
  try {
    await writeProtected(file, secret, keyring);
    return keyOf('os', () => secret);
  } catch {
    const warning = `The system's keyring (${keyring.backend}) refused to guard ${file}: whoever may read that file can open the passwords of other servers.`;
    return plainFileKey(file, warning);
  }
}

/** Takes the place of what is there only when the keyring gives back what it was given. */
async function writeProtected(file: string, secret: Buffer, keyring: KeyProtection): Promise<void> {
  const text = secret.toString('base64');
  const data = await keyring.protect(text);
  if ((await keyring.unprotect(data)).text !== text) throw new Error('The keyring gave back something else.');
  const kept: ProtectedKey = { v: 1, scheme: 'os', backend: keyring.backend, data: data.toString('base64') };
  const fresh = `${file}.new`;
  rmSync(fresh, { force: true });
  writeFileSync(fresh, JSON.stringify(kept), { mode: 0o600, flag: 'wx', flush: true });
  renameSync(fresh, file);
}

function lockedKey(sentence: string): SecretKey {
  const refuse = () => {
    throw new AppError('conflict', sentence);
  };
  return { scheme: 'os', warning: sentence, keyFor: refuse, oldKey: refuse };
}

function readOrMake(file: string): Buffer {
  try {
    writeFileSync(file, randomBytes(KEY_BYTES).toString('base64'), { mode: 0o600, flag: 'wx', flush: true });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
    if (process.platform !== 'win32' && statSync(file).mode & 0o077) chmodSync(file, 0o600);
  }
  return secretIn(readFileSync(file, 'utf8'), file);
}

function secretIn(text: string, file: string): Buffer {
  const secret = Buffer.from(text, 'base64');
  if (secret.byteLength === KEY_BYTES) return secret;
  throw unusable(file);
}

const unusable = (file: string) =>
  new AppError(
    'conflict',
    `${file} does not hold a key any more. Bring it back from a backup, or delete it and enter the passwords again.`,
  );
