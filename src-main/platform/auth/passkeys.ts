import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import type { AuthenticationResponseJSON, RegistrationResponseJSON, WebAuthnCredential } from '@simplewebauthn/server';
import { AppError, type Caller } from '../../rpc';
import type { Clock } from '../clock';
import type { Database } from '../database';
import type { Passkey } from './contract';
import { createChallenges } from './passkey-challenges';

interface PasskeyRow {
  id: number;
  credential_id: string;
  public_key: Buffer;
  counter: number;
  transports: string;
  host: string;
  name: string;
  created_at: string;
  last_used_at: string | null;
}

// Some megabytes, for what is asked once a day at most: it is fetched then.
const webauthn = () => import('@simplewebauthn/server');

/**
 * Passkeys (WebAuthn): what the person's device keeps and unlocks by finger, face or PIN. Each is bound to the host name
 * under which the page was open when it was made.
 */
export function createPasskeys(db: Database, clock: Clock) {
  const all = db.prepare<[], PasskeyRow>('SELECT * FROM passkey ORDER BY id');
  const byCredential = db.prepare<[string], PasskeyRow>('SELECT * FROM passkey WHERE credential_id = ?');
  const insert = db.prepare(`
    INSERT INTO passkey (credential_id, public_key, counter, transports, host, name, created_at)
    VALUES (:credentialId, :publicKey, :counter, :transports, :host, :name, :at)`);
  const used = db.prepare('UPDATE passkey SET counter = ?, last_used_at = ? WHERE id = ?');
  const remove = db.prepare<[number], PasskeyRow>('DELETE FROM passkey WHERE id = ? RETURNING *');
  const removeAll = db.prepare('DELETE FROM passkey');
  const challenges = createChallenges(clock);

  /** Spends the challenge too, if the work says that the answer to it is right. */
  async function once<T>(purpose: string, check: (isGood: (challenge: string) => boolean) => Promise<T | undefined>) {
    let answered = '';
    const isGood = (challenge: string) => {
      answered = challenge;
      return challenges.isGood(challenge, purpose);
    };
    const result = await check(isGood).catch(refuse);
    // Asked again: while one answer was checked, another copy of it may have been taken.
    if (result === undefined || !challenges.isGood(answered, purpose)) return undefined;
    challenges.spend(answered);
    return result;
  }

  return {
    list: (): Passkey[] => all.all().map(toPasskey),
    isAny: (): boolean => all.get() !== undefined,
    /** What the browser needs to make one. Throws `conflict` where the page has no name that a passkey can be for. */
    async creationOptions(caller: Caller) {
      const { host } = pageOf(caller);
      const known = all.all().filter((each) => each.host === host);
      return (await webauthn()).generateRegistrationOptions({
        rpName: 'Tonearm',
        rpID: host,
        userName: 'owner',
        userDisplayName: `Tonearm at ${host}`,
        // Another for each: with the same one a device would forget the passkey of another Tonearm at this host.
        userID: Uint8Array.from(randomBytes(32)),
        challenge: challenges.issue(makingOf(caller)),
        excludeCredentials: known.map((each) => ({ id: each.credential_id, transports: transportsOf(each) })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      });
    },
    /** Keeps the passkey that the browser made. Throws `invalid_input` for one that does not fit what was asked. */
    async add(name: string, response: RegistrationResponseJSON, caller: Caller): Promise<Passkey> {
      const { host, origin } = pageOf(caller);
      const { verifyRegistrationResponse } = await webauthn();
      const made = await once(makingOf(caller), async (expectedChallenge) => {
        const expected = { expectedChallenge, expectedOrigin: origin, expectedRPID: host };
        const { verified, registrationInfo } = await verifyRegistrationResponse({ response, ...expected });
        return verified ? registrationInfo?.credential : undefined;
      });
      if (!made || byCredential.get(made.id))
        throw new AppError('invalid_input', 'The passkey does not fit what was asked for. Try it once more.');
      const { id: credentialId, publicKey, counter, transports = [] } = made;
      const values = { credentialId, publicKey: Buffer.from(publicKey), counter, host, name };
      insert.run({ ...values, transports: JSON.stringify(transports), at: clock().toISOString() });
      return toPasskey(byCredential.get(credentialId)!);
    },
    /** What the browser needs to show one. */
    async requestOptions(caller: Caller, purpose: string) {
      const { generateAuthenticationOptions } = await webauthn();
      const challenge = challenges.issue(purpose);
      return generateAuthenticationOptions({ rpID: pageOf(caller).host, userVerification: 'required', challenge });
    },
    /** The passkey that was shown, if it is one of ours and signed what it was asked for. */
    async find(response: AuthenticationResponseJSON, caller: Caller, purpose: string): Promise<Passkey | undefined> {
      const { host, origin } = pageOf(caller);
      const row = byCredential.get(response.id);
      if (!row || row.host !== host) return undefined;
      const { verifyAuthenticationResponse } = await webauthn();
      const counter = await once(purpose, async (expectedChallenge) => {
        const expected = { expectedChallenge, expectedOrigin: origin, expectedRPID: host };
        const result = await verifyAuthenticationResponse({ response, ...expected, credential: credentialOf(row) });
        return result.verified ? result.authenticationInfo.newCounter : undefined;
      });
      if (counter === undefined) return undefined;
      used.run(counter, clock().toISOString(), row.id);
      return toPasskey(row);
    },
    remove(id: number): Passkey | undefined {
      const row = remove.get(id);
      return row && toPasskey(row);
    },
    removeAll: (): number => removeAll.run().changes,
  };
}
export type Passkeys = ReturnType<typeof createPasskeys>;

/** What the library throws is that the answer is wrong; its words are for developers. */
const refuse = (): undefined => undefined;
/** Only the session that asked may answer. */
const makingOf = ({ credential }: Caller) => `make ${credential?.kind} ${credential?.id}`;

/** The page's host name and origin. An address has no passkeys, says the standard. */
function pageOf({ origin }: Caller): { host: string; origin: string } {
  const host = origin === undefined ? '' : new URL(origin).hostname;
  if (host === '' || isIP(host.replaceAll(/[[\]]/g, '')) !== 0)
    throw new AppError(
      'conflict',
      'Passkeys belong to a name, and this page was opened by an address. Open it as http://localhost:… on this machine, or by the name of your reverse proxy.',
    );
  return { host, origin: origin! };
}

const transportsOf = ({ transports }: PasskeyRow) => JSON.parse(transports) as WebAuthnCredential['transports'];

const credentialOf = (row: PasskeyRow): WebAuthnCredential => ({
  id: row.credential_id,
  publicKey: Uint8Array.from(row.public_key),
  counter: row.counter,
  transports: transportsOf(row),
});

function toPasskey({ id, name, host, created_at, last_used_at }: PasskeyRow): Passkey {
  return { id, name, host, createdAt: created_at, lastUsedAt: last_used_at };
}
