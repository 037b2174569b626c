/**
 * Whether systems take a name for hidden: one dot before it. Two or more begin a name that people gave, as in "...And
 * Justice for All". What macOS keeps beside a file on foreign disks begins with `._`.
 */
export const isHiddenName = (name: string): boolean => /^\.(?!\.)/.test(name);

/** Bytes as text, with `\xE9` for each that is no UTF-8: readable, and different for different names. */
export function showBytes(bytes: Buffer): string {
  let shown = '';
  for (let at = 0; at < bytes.length; ) {
    const character = characterAt(bytes, at);
    shown += character ?? `\\x${bytes[at].toString(16).toUpperCase().padStart(2, '0')}`;
    at += character === null ? 1 : Buffer.byteLength(character);
  }
  return shown;
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function characterAt(bytes: Buffer, at: number): string | null {
  const lead = bytes[at];
  const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  try {
    return strict.decode(bytes.subarray(at, at + length));
  } catch {
    return null;
  }
}
