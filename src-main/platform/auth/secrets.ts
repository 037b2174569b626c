import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Every secret we hand out begins with this, so that logs and secret scanners recognise it. */
const SECRET_PREFIX = 'tonearm_';

/** Any secret of ours inside a longer text. */
export const SECRET_PATTERN = /tonearm_[A-Za-z0-9_-]{20,}/g;

/** A new secret of 256 random bits: prefix and base64url. */
export function newSecret(): string {
  return SECRET_PREFIX + randomBytes(32).toString('base64url');
}

/** What is stored instead of a secret: 32 bytes, SHA-256. Enough for random secrets, too little for passwords. */
export function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}

/** Compares digests in a time that says nothing about where they differ. */
export function isSameDigest(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
