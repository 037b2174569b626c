/**
 * Files taken apart into their raw pieces by the tests' own readers, to compare bytes before and after a write without
 * asking the code that wrote them.
 */
import { extname } from 'node:path';
import { asfParts, dsfParts, flacParts, riffParts } from './chunks';
import { taggedStream } from './id3-ape';
import { mp4Parts, oggParts } from './mp4-ogg';
import type { RawPart } from './part';

export { flacBlocks } from './chunks';
export type { RawPart } from './part';

const READERS: Record<string, (bytes: Buffer) => RawPart[]> = {
  '.flac': flacParts,
  '.ogg': oggParts,
  '.opus': oggParts,
  '.m4a': (bytes) => mp4Parts(bytes),
  '.wav': riffParts,
  '.aiff': riffParts,
  '.wma': asfParts,
  '.dsf': dsfParts,
};

export function rawParts(name: string, bytes: Buffer): RawPart[] {
  return (READERS[extname(name)] ?? taggedStream)(bytes);
}

/** Whether a piece carries a tag of our namespace, in whatever way its container writes text. */
export function isOurs({ name, bytes }: RawPart): boolean {
  const text = bytes.subarray(0, 400).toString('latin1').replaceAll('\0', '');
  return /nom:/i.test(text) && !/org\.example|of someone else/.test(text) && !/PRIV$|^chunk/.test(name);
}
