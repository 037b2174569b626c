import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import { CallError } from '../api';

/** Needed by few and seldom: fetched when it is. */
const library = () => import('@simplewebauthn/browser');

/** Whether this page can have passkeys: they need https or localhost, and a name rather than an address. */
export function whyNoPasskeys(): string | undefined {
  if (!window.isSecureContext || !window.PublicKeyCredential)
    return 'Passkeys need https, or http://localhost on this machine.';
  if (/^[\d.]+$|^\[/.test(window.location.hostname))
    return 'Passkeys belong to a name: open this page as http://localhost, or by the name of your reverse proxy.';
  return undefined;
}

/** Has the device show a passkey. Throws a sentence when the person, or the device, did not want to. */
export async function showPasskey(options: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { startAuthentication } = await library();
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  return { ...(await startAuthentication({ optionsJSON }).catch(refused)) };
}

/** Has the device make a passkey. Throws as `showPasskey`. */
export async function makePasskey(options: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { startRegistration } = await library();
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
  return { ...(await startRegistration({ optionsJSON }).catch(refused)) };
}

function refused(thrown: unknown): never {
  const { name } = thrown as Error;
  const message =
    name === 'InvalidStateError'
      ? 'This device has a passkey for Tonearm already.'
      : 'No passkey was given. Try again, or choose another way.';
  throw new CallError({ code: 'cancelled', message, details: [] });
}
