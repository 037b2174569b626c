import { AppError, type Caller } from '../../rpc';

/** The session that a caller came by. */
export function sessionOf({ credential }: Caller): number | undefined {
  return credential?.kind === 'session' ? Number(credential.id) : undefined;
}

/** The window or the command line of the same user: whoever sits there can read the data folder anyway. */
export function isOnMachine({ transport, credential }: Caller): boolean {
  return transport !== 'http' || (credential?.kind === 'local' && credential.id === 'local');
}

/** What attempts are counted by. */
export const addressOf = ({ address, transport }: Caller): string => address ?? transport;

/** Ways in are for people to change. Throws `forbidden` for a key, whoever may have got hold of it. */
export function refuseKeys({ credential }: Caller): void {
  if (credential?.kind !== 'key') return;
  throw new AppError(
    'forbidden',
    'A key cannot change how people log in. Log in to the page for it, or use "nom" on the machine itself.',
  );
}
