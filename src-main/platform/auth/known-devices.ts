import { createHmac, randomBytes } from 'node:crypto';
import { digestOf, isSameDigest } from './secrets';

const ID = /^[\w-]{22}$/;

/**
 * Browsers that have logged in before. Each keeps a token that lets it try again while others are slowed down, and
 * nothing else. Nothing is stored: a token is an id signed with what the password is stored as, so that a new password
 * ends them all.
 *
 * @param passwordHash undefined while no password is set
 */
export function createKnownDevices(passwordHash: () => Buffer | undefined) {
  const signed = (id: string, key: Buffer) => createHmac('sha256', key).update(`device ${id}`).digest('base64url');

  return {
    /** A token for a browser that has just proven the password; undefined without one. */
    issue(): string | undefined {
      const key = passwordHash();
      const id = randomBytes(16).toString('base64url');
      return key && `${id}.${signed(id, key)}`;
    },
    /** The id of the browser that shows this token; undefined when it is none of ours, or of another password. */
    find(token: string | undefined): string | undefined {
      const key = passwordHash();
      const [id, signature] = token?.split('.', 2) ?? [];
      if (!key || !signature || !ID.test(id)) return undefined;
      return isSameDigest(digestOf(signature), digestOf(signed(id, key))) ? id : undefined;
    },
  };
}
