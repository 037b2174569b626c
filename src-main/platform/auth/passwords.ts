import { randomBytes, scrypt } from 'node:crypto';
import { AppError } from '../../rpc';
import type { Clock } from '../clock';
import type { Database } from '../database';
import { isSameDigest } from './secrets';

/** scrypt's N, r and p: 128 MiB and some 0.4 s for one attempt. */
export interface ScryptCost {
  readonly cost: number;
  readonly blockSize: number;
  readonly parallel: number;
}
export const DEFAULT_COST: ScryptCost = { cost: 2 ** 17, blockSize: 8, parallel: 1 };

// Node refuses N = 2^17 with its own limit of 32 MiB.
const MAX_MEMORY_BYTES = 256 * 1024 * 1024;
const CONCURRENT = 2;
/** Some ten seconds of work. */
const MAX_WAITING = 50;
const HASH_BYTES = 32;

interface PasswordRow {
  salt: Buffer;
  hash: Buffer;
  cost: number;
  block_size: number;
  parallel: number;
}

/** The one password of the page. At most two attempts are computed at a time, the others wait: each takes 128 MiB. */
export function createPasswords(db: Database, clock: Clock, cost: ScryptCost = DEFAULT_COST) {
  const stored = db.prepare<[], PasswordRow>('SELECT * FROM password WHERE id = 1');
  const store = db.prepare(`
    INSERT INTO password (id, salt, hash, cost, block_size, parallel, changed_at)
    VALUES (1, @salt, @hash, @cost, @blockSize, @parallel, @changedAt)
    ON CONFLICT (id) DO UPDATE SET salt = excluded.salt, hash = excluded.hash, cost = excluded.cost,
      block_size = excluded.block_size, parallel = excluded.parallel, changed_at = excluded.changed_at`);
  const inTurn = createTurns(CONCURRENT);

  async function hashed(password: string) {
    const salt = randomBytes(16);
    const hash = await inTurn(() => derive(password, salt, cost));
    return () => void store.run({ salt, hash, ...cost, changedAt: clock().toISOString() });
  }

  const isStill = ({ salt }: PasswordRow): boolean => stored.get()?.salt.equals(salt) ?? false;

  /**
   * Whether this is the password. A hash made with other parameters is made anew once it proved right. While it is
   * computed the password may be changed; then only the new one counts, and it is never put back. Those whom we know do
   * not wait for the others. Throws `busy` when too many strangers wait.
   */
  async function verify(password: string, isKnown = true): Promise<boolean> {
    const row = stored.get();
    if (!row) return false;
    const used = { cost: row.cost, blockSize: row.block_size, parallel: row.parallel };
    const hash = await inTurn(() => derive(password, row.salt, used), isKnown);
    if (!isSameDigest(hash, row.hash)) return false;
    const isCurrent = used.cost === cost.cost && used.blockSize === cost.blockSize && used.parallel === cost.parallel;
    const keep = isCurrent ? undefined : await hashed(password);
    if (!isStill(row)) return verify(password, isKnown);
    keep?.();
    return true;
  }

  return {
    isSet: (): boolean => stored.get() !== undefined,
    /** What is stored of the password: another after each change. */
    storedHash: (): Buffer | undefined => stored.get()?.hash,
    async set(password: string): Promise<void> {
      const keep = await hashed(password);
      keep();
    },
    verify,
  };
}

function derive(password: string, salt: Buffer, cost: ScryptCost): Promise<Buffer> {
  const options = { N: cost.cost, r: cost.blockSize, p: cost.parallel, maxmem: MAX_MEMORY_BYTES };
  return new Promise((resolve, reject) => {
    // The same letters typed on another keyboard may arrive as other code points.
    scrypt(password.normalize('NFC'), salt, HASH_BYTES, options, (error, hash) =>
      error ? reject(error) : resolve(hash),
    );
  });
}

/** Runs at most so many at a time, in the order of their coming; those that are first go before all others. */
function createTurns(places: number) {
  const first: (() => void)[] = [];
  const others: (() => void)[] = [];
  let free = places;
  return async <T>(work: () => Promise<T>, isFirst = true): Promise<T> => {
    if (free > 0) free -= 1;
    else {
      const line = isFirst ? first : others;
      if (line.length >= MAX_WAITING)
        throw new AppError('busy', 'Too many try to log in at this moment. Try again in a few seconds.', {
          details: [{ retryAfterS: 5 }],
        });
      await new Promise<void>((resolve) => line.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = first.shift() ?? others.shift();
      if (next) next();
      else free += 1;
    }
  };
}
