import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock';

const LIFETIME_MS = 5 * 60_000;
const RANDOM_BYTES = 16;
const TIME_BYTES = 6;

/**
 * What a passkey has to sign. A challenge says by itself until when and for what it is good, under a key of this run, so
 * that asking for a million of them costs no memory and pushes nobody else's out. Each is taken once.
 */
export function createChallenges(clock: Clock) {
  const key = randomBytes(32);
  /** Those that were taken and would still be good. */
  const spent = new Map<string, number>();

  const signed = (body: Buffer, purpose: string) => createHmac('sha256', key).update(body).update(purpose).digest();

  return {
    issue(purpose: string): Uint8Array<ArrayBuffer> {
      const body = Buffer.alloc(RANDOM_BYTES + TIME_BYTES);
      randomBytes(RANDOM_BYTES).copy(body);
      body.writeUIntBE(clock().getTime() + LIFETIME_MS, RANDOM_BYTES, TIME_BYTES);
      return Uint8Array.from(Buffer.concat([body, signed(body, purpose)]));
    },
    /** @param challenge base64url, as it comes back */
    isGood(challenge: string, purpose: string): boolean {
      const bytes = Buffer.from(challenge, 'base64url');
      const body = bytes.subarray(0, RANDOM_BYTES + TIME_BYTES);
      const mac = bytes.subarray(RANDOM_BYTES + TIME_BYTES);
      const wanted = signed(body, purpose);
      if (mac.length !== wanted.length || !timingSafeEqual(mac, wanted)) return false;
      return body.readUIntBE(RANDOM_BYTES, TIME_BYTES) > clock().getTime() && !spent.has(challenge);
    },
    spend(challenge: string): void {
      const now = clock().getTime();
      for (const [each, until] of spent) if (until <= now) spent.delete(each);
      spent.set(challenge, now + LIFETIME_MS);
    },
  };
}
