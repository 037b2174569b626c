import { attempt } from './notices';

/** Puts a text into the clipboard and says so, or why not. @param what its name at the beginning of a sentence */
export const copyText = (text: string, what: string) =>
  attempt(
    () => navigator.clipboard.writeText(text),
    () => `${what} is in the clipboard.`,
  );
