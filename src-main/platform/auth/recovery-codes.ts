import { randomInt } from 'node:crypto';
import type { Database } from '../database';
import { digestOf } from './secrets';

const COUNT = 10;
const GROUPS = 4;
const PER_GROUP = 4;
/** Without those that are taken for each other. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Codes for who has lost the authenticator app: 79 random bits each, kept as hashes, good once. */
export function createRecoveryCodes(db: Database) {
  const add = db.prepare('INSERT INTO recovery_code (code_hash) VALUES (?)');
  const spend = db.prepare('DELETE FROM recovery_code WHERE code_hash = ?');
  const clear = db.prepare('DELETE FROM recovery_code');
  const left = db.prepare<[], number>('SELECT COUNT(*) FROM recovery_code').pluck();

  return {
    left: (): number => left.get()!,
    /** Ten new codes, which are shown this once; those from before are good no more. */
    renew: db.transaction((): string[] => {
      clear.run();
      const codes = Array.from({ length: COUNT }, newCode);
      for (const code of codes) add.run(hashOf(code));
      return codes;
    }),
    /** Whether this is one of them, which it is no more then. */
    take: (code: string): boolean => spend.run(hashOf(code)).changes > 0,
    remove: (): void => void clear.run(),
  };
}

const hashOf = (code: string) => digestOf(code.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));

function newCode(): string {
  const group = () => Array.from({ length: PER_GROUP }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}
