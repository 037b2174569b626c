import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { AppError, type Caller, fieldFailure, type HandlersOf } from '../../rpc';
import type { Auth } from './auth';
import { isOnMachine, refuseKeys, sessionOf } from './callers';
import type { authContract } from './contract';

type AuthHandlers = HandlersOf<typeof authContract>;
type ConfirmInput = Parameters<AuthHandlers['confirm']>[0];
type FactorHandlers = Pick<
  AuthHandlers,
  | 'account'
  | 'confirmOptions'
  | 'confirm'
  | 'proposeAuthenticator'
  | 'addAuthenticator'
  | 'removeAuthenticator'
  | 'renewRecoveryCodes'
  | 'newPasskeyOptions'
  | 'addPasskey'
  | 'removePasskey'
  | 'resetSecondFactor'
>;

/** Second factor, passkeys, and proving once more who one is. Keys can do none of it. */
export function factorHandlers(auth: Auth): FactorHandlers {
  const { passwords, authenticator, recoveryCodes, passkeys, sessions, audit, secretKey } = auth;
  return {
    account: (_input, { isConfirmed = true }) => ({
      hasPassword: passwords.isSet(),
      authenticatorSince: authenticator.since(),
      recoveryCodesLeft: recoveryCodes.left(),
      passkeys: passkeys.list(),
      isConfirmed,
      secrets: { scheme: secretKey.scheme, warning: secretKey.warning ?? null },
    }),
    confirmOptions: async (_input, caller) => ({
      options: { ...(await passkeys.requestOptions(caller, confirmationOf(caller))) },
    }),
    async confirm(input, caller) {
      const session = sessionOf(caller);
      if (session === undefined) return { status: 'success' };
      await auth.attempts.count(caller);
      const how = await provenBy(auth, input, caller);
      auth.attempts.succeeded(caller);
      sessions.confirm(session);
      audit.note('identity.confirmed', caller, { how });
      return { status: 'success' };
    },
    proposeAuthenticator(_input, caller) {
      refuseKeys(caller);
      if (passwords.isSet()) return authenticator.propose();
      throw new AppError('conflict', 'Set a password first: the code is asked for beside it.');
    },
    addAuthenticator({ secret, code }, caller) {
      refuseKeys(caller);
      if (!authenticator.add(secret, code)) {
        const message = 'This is not the code of now. Is the clock of the phone right, and that of this machine?';
        throw fieldFailure('code', message);
      }
      audit.note('authenticator.added', caller);
      return { recoveryCodes: recoveryCodes.renew() };
    },
    removeAuthenticator(_input, caller) {
      refuseKeys(caller);
      const removed = authenticator.remove();
      recoveryCodes.remove();
      if (removed) audit.note('authenticator.removed', caller);
      return { removed };
    },
    renewRecoveryCodes(_input, caller) {
      refuseKeys(caller);
      if (!authenticator.isOn())
        throw new AppError('conflict', 'There is no second factor that they would stand in for.');
      audit.note('recovery-codes.renewed', caller);
      return { recoveryCodes: recoveryCodes.renew() };
    },
    async newPasskeyOptions(_input, caller) {
      refuseKeys(caller);
      return { options: { ...(await passkeys.creationOptions(caller)) } };
    },
    async addPasskey({ name, response }, caller) {
      refuseKeys(caller);
      const added = await passkeys.add(name, response as unknown as RegistrationResponseJSON, caller);
      audit.note('passkey.added', caller, { passkey: added.id, name, host: added.host });
      return added;
    },
    removePasskey({ id }, caller) {
      refuseKeys(caller);
      const removed = passkeys.remove(id);
      if (removed) audit.note('passkey.removed', caller, { passkey: id, name: removed.name });
      return { removed: removed !== undefined };
    },
    resetSecondFactor(_input, caller) {
      if (!isOnMachine(caller))
        throw new AppError('forbidden', 'Only "nom user reset-second-factor" on the machine itself can do this.');
      const removed = passkeys.list();
      passkeys.removeAll();
      for (const { id, name } of removed) audit.note('passkey.removed', caller, { passkey: id, name });
      const hadAuthenticator = authenticator.remove();
      recoveryCodes.remove();
      if (hadAuthenticator) audit.note('authenticator.removed', caller);
      return { hadAuthenticator, passkeys: removed.length };
    },
  };
}

/** By what it was proven. Not `unauthorized`: the session goes on. */
async function provenBy({ passwords, passkeys, audit }: Auth, { password, response }: ConfirmInput, caller: Caller) {
  if (password !== undefined && (await passwords.verify(password))) return 'password';
  const shown = response as unknown as AuthenticationResponseJSON | undefined;
  const passkey = shown && (await passkeys.find(shown, caller, confirmationOf(caller)));
  if (passkey) return `passkey ${passkey.name}`;
  const isPassword = password !== undefined;
  audit.note('identity.refused', caller, { why: isPassword ? 'wrong password' : 'passkey', for: 'what follows' });
  const message = isPassword ? 'This is not the password.' : 'This passkey is not known here.';
  throw fieldFailure('password', message);
}

const confirmationOf = ({ credential }: Caller) => `confirm ${credential?.kind} ${credential?.id}`;
