/** What was asked of the stand-in, for tests to look at. */
export const record: { name: string; args: unknown[] }[] = [];

export function note(name: string, ...args: unknown[]): void {
  record.push({ name, args });
}
