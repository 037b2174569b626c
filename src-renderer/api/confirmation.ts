import { CallError } from './call-error';

let ask: () => Promise<boolean> = async () => false;

/** Called when an answer wants to know once more who the person is; gives whether they said so. */
export const onConfirmationNeeded = (listener: () => Promise<boolean>): void => {
  ask = listener;
};

/** Whether the other side wants something more before it does what it was asked: a code, a confirmation. */
export const needs = (thrown: unknown, what: 'code' | 'confirmation'): boolean =>
  thrown instanceof CallError && thrown.details.some((detail) => (detail as { needs?: unknown }).needs === what);

/** Asks again once the person has said who they are. One who does not want to gets the refusal. */
export async function withConfirmation<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (thrown) {
    if (!needs(thrown, 'confirmation') || !(await ask())) throw thrown;
    return call();
  }
}
